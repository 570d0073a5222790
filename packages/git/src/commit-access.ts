import { type Diagnostic, DiagnosticError, isDiagnosticError } from "@firn/diagnostic";
import { isObjectId } from "@firn/input";
import type { Source } from "@firn/resolve";
import { type CacheRepository, cacheRepository, ensureRepository } from "./cache-repository.ts";
import { inputProblem } from "./git-failure.ts";
import { type ObjectReader, UnreadableObjectError } from "./object-reader.ts";
import type { Repositories } from "./repositories.ts";
import { showUrl } from "./shown-text.ts";

/** A commit that is in a repository of the cache. */
export interface PresentCommit {
  readonly commit: string;
  readonly repository: CacheRepository;
  readonly reader: ObjectReader;
}

/** No honest commit says more, in bytes. */
const mostCommitBytes = 1024 * 1024;

/** Lists the addresses of a source, each once, in the order in which they are tried. */
export function addressesOf({ git, mirrors }: Source): string[] {
  return [...new Set([git, ...mirrors])];
}

/** Tries something with each address of a source until it works. @throws DiagnosticError when it never does */
export async function tryAddresses<Value>(source: Source, attempt: (url: string) => Promise<Value>): Promise<Value> {
  const failures: { readonly url: string; readonly diagnostics: readonly Diagnostic[] }[] = [];
  for (const url of addressesOf(source)) {
    try {
      return await attempt(url);
    } catch (error) {
      if (!isDiagnosticError(error)) throw error;
      failures.push({ url, diagnostics: error.diagnostics });
    }
  }
  throw new DiagnosticError(summarize(failures));
}

function summarize(
  failures: readonly { readonly url: string; readonly diagnostics: readonly Diagnostic[] }[],
): readonly Diagnostic[] {
  const [first, ...others] = failures;
  if (first === undefined || others.length === 0) return first?.diagnostics ?? [];
  const all = failures.flatMap(({ url, diagnostics }) => diagnostics.map((diagnostic) => ({ url, diagnostic })));
  const why = all.flatMap(({ url, diagnostic }) => (diagnostic.why ?? []).map((fact) => `${showUrl(url)}: ${fact}`));
  return first.diagnostics.slice(0, 1).map((diagnostic) => ({ ...diagnostic, why }));
}

/**
 * Uses a commit: from the cache if it is there, else after a download. What
 * turns out to be damaged is downloaded again, at last into a new repository.
 *
 * @throws DiagnosticError, or what `use` throws
 */
export async function useCommit<Value>(
  repositories: Repositories,
  { url, commit, task }: { readonly url: string; readonly commit: string; readonly task: string },
  use: (present: PresentCommit) => Promise<Value>,
): Promise<Value> {
  if (!isObjectId(commit)) {
    const why = [`${JSON.stringify(commit.slice(0, 80))} is not the whole id of a commit`];
    throw new DiagnosticError([inputProblem("missing-commit", task, { why })]);
  }
  const repository = cacheRepository(repositories.settings.cacheDirectory, repositories.parseUrl(url), {
    objectId: commit,
  });
  await ensureRepository(repository);
  let complaint = "";
  let failures: readonly Diagnostic[] = [];
  for (const care of ["present", "again", "anew"] as const) {
    if (care !== "present") failures = await replace(repositories, { repository, commit, task, care });
    const reader = repositories.openReader(repository);
    try {
      await obtain(repositories, { repository, commit, reader }, task);
      return await use({ commit, repository, reader });
    } catch (error) {
      if (!(error instanceof UnreadableObjectError)) throw error;
      complaint = error.message;
    } finally {
      await reader.close();
    }
  }
  const why = ["Objects of it are missing", complaint];
  throw new DiagnosticError(failures.length > 0 ? failures : [inputProblem("bad-input-tree", task, { why })]);
}

async function obtain(
  repositories: Repositories,
  { repository, commit, reader }: PresentCommit,
  task: string,
): Promise<void> {
  let [info] = await reader.describe([commit]);
  if (info === undefined) {
    await repositories.write(repository, task, async () => {
      // Another process may have downloaded it while this one waited.
      [info] = await reader.describe([commit]);
      if (info === undefined) await repositories.download(repository, commit);
    });
    [info] = await reader.describe([commit]);
  }
  if (info === undefined) throw new UnreadableObjectError(`The commit ${commit} is missing after its download`);
  if (info.type === "commit" && info.size <= mostCommitBytes) return;
  const why = [`${commit} is a ${info.type} of ${info.size} bytes, not a commit`];
  throw new DiagnosticError([inputProblem("missing-commit", task, { why, fix: "Name the commit itself" })]);
}

/** Downloads a commit once more, and gives what went wrong: a damaged pack may make that fail too. */
async function replace(
  repositories: Repositories,
  { repository, commit, task, care }: { repository: CacheRepository; commit: string; task: string; care: string },
): Promise<readonly Diagnostic[]> {
  return repositories.write(repository, task, async () => {
    try {
      if (care === "anew") await repositories.renew(repository);
      await repositories.download(repository, commit);
      return [];
    } catch (error) {
      if (isDiagnosticError(error)) return error.diagnostics;
      // Damage in the way of the download: a new repository is the next step.
      if (error instanceof UnreadableObjectError) return [];
      throw error;
    }
  });
}
