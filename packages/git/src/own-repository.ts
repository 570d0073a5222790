import type { Diagnostic } from "@firn/diagnostic";
import { simpleGit } from "simple-git";

/** A folder of the user's own repository, and the environment that git runs in there. */
export interface OwnRepository {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What of the user's environment concerns their own commits. */
const passedOn = /^(?:PATH|HOME|XDG_CONFIG_HOME|GNUPGHOME|SSH_AUTH_SOCK|GIT_(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL))$/;

/**
 * Commits one file, and nothing else that may be staged.
 *
 * @param commit file is relative to the directory
 * @returns a problem fetch-failed with what git said when it did not
 */
export async function commitFile(
  commit: OwnRepository & { readonly file: string; readonly message: string },
): Promise<readonly Diagnostic[]> {
  const { file, message } = commit;
  try {
    await run(commit, ["add", "--intent-to-add", "--", file]);
    await run(commit, ["commit", "--message", message, "--", file]);
    return [];
  } catch (error) {
    return [cannotCommit(file, error)];
  }
}

/**
 * Sets values in the configuration of the user's own repository.
 *
 * @returns false where there is no repository
 */
export async function setGitConfig(
  setting: OwnRepository & { readonly values: Readonly<Record<string, string>> },
): Promise<boolean> {
  try {
    await run(setting, ["rev-parse", "--git-dir"]);
  } catch {
    return false;
  }
  for (const [name, value] of Object.entries(setting.values)) {
    await run(setting, ["config", "--local", "--replace-all", name, value]);
  }
  return true;
}

function run({ directory, environment }: OwnRepository, args: readonly string[]): Promise<string> {
  const given = Object.entries(environment).filter(([name, value]) => value !== undefined && passedOn.test(name));
  const names = given.map(([name]) => name).filter((name) => name.startsWith("GIT_"));
  const git = simpleGit({
    baseDir: directory,
    allowEnvironment: names,
    // The program that merges is our own; its name comes from nobody else.
    unsafe: { allowUnsafeMergeDriver: true },
  });
  return git.env({ ...Object.fromEntries(given), LC_ALL: "C" } as Record<string, string>).raw([...args]); // No value is undefined.
}

function cannotCommit(file: string, error: unknown): Diagnostic {
  const said = error instanceof Error ? error.message.trim() : String(error);
  return {
    code: "fetch-failed",
    severity: "error",
    message: `Cannot commit "${file}"`,
    marks: [],
    why: [said],
    fix: `It is written; commit it yourself: git commit ${file}`,
  };
}
