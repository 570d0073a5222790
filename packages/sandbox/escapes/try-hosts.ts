import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Diagnostic, Sources } from "@firn/diagnostic";
import { loadBundle } from "@firn/loader";
import { type Question, type SandboxLimits, sharedModules, startSandbox } from "@firn/sandbox";

/** Folder of the evaluator, as the build leaves it. */
export const evaluatorFolder: string = join(import.meta.dirname, "../../cli/dist/evaluator");

/** What became of a host. */
export interface TriedHost {
  readonly name: string;
  readonly diagnostics: readonly Diagnostic[];
  /** The first problem with its facts in one line, or the value of the option "seen" as JSON. */
  readonly shown: string;
}

/** Texts of files by path; of one that starts with `-> `, the rest is what a symbolic link leads to. */
export type Files = Readonly<Record<string, string>>;

/** What to try. */
export interface Attempt {
  readonly hosts: readonly string[];
  readonly files: Files;
  readonly limits?: SandboxLimits;
  readonly question?: Question;
}

const flakeFiles: Files = {
  "flake.yaml": "name: example\n",
  "pnpm-workspace.yaml": "packages:\n  - modules/*\n  - hosts/*\n",
  "lockfile.json": "{}\n",
};

/** Gives the source of a host that defines the option "seen" as an expression. */
export function hostSeeing(expression: string, imports = ""): string {
  return `import { defineModule, option, types } from "firn";
${imports}
export default defineModule({
  options: { seen: option({ type: types.anything }) },
  config(_, define) {
    define({ seen: ${expression} });
  },
});
`;
}

/** Evaluates hosts of a flake of its own in a sandbox, as the command does it. */
export async function tryHosts({ hosts, files, limits = {}, question }: Attempt): Promise<{
  readonly hosts: readonly TriedHost[];
  readonly sources: Sources;
}> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "firn-escape-")));
  const sandbox = startSandbox({ folder: evaluatorFolder, limits });
  try {
    writeAll(join(root, "flake"), { ...flakeFiles, ...manifests(hosts), ...files });
    const options = { shared: sharedModules, cacheDirectory: join(root, "cache") };
    const bundle = await loadBundle({ root: join(root, "flake") }, hosts, options);
    const asked = question ?? { kind: "value", path: ["seen"] };
    const answers = bundle.hosts.length === 0 ? [] : (await sandbox.evaluate({ ...bundle, question: asked })).hosts;
    const byName = new Map(bundle.hosts.map(({ name }, index) => [name, answers[index]]));
    const tried = hosts.map(async (name): Promise<TriedHost> => {
      const answer = byName.get(name);
      const loading = answer === undefined ? bundle.failures.get(name) : await bundle.explain(name, answer.outcome);
      const diagnostics = [...(loading ?? []), ...(answer?.diagnostics ?? []), ...(answer?.value?.diagnostics ?? [])];
      return { name, diagnostics, shown: show(diagnostics, answer?.value?.json) };
    });
    return { hosts: await Promise.all(tried), sources: await bundle.openSources() };
  } finally {
    sandbox.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

function show([problem]: readonly Diagnostic[], json: string | undefined): string {
  if (problem === undefined) return json ?? "nothing";
  return [problem.code, problem.message, ...(problem.why ?? [])].join(" | ");
}

function manifests(hosts: readonly string[]): Files {
  const manifest = (name: string): string =>
    JSON.stringify({ name: `@hosts/${name}`, type: "module", exports: { ".": "./src/index.ts" } });
  return Object.fromEntries(hosts.map((name) => [`hosts/${name}/package.json`, manifest(name)]));
}

function writeAll(root: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    const path = join(root, file);
    mkdirSync(dirname(path), { recursive: true });
    if (text.startsWith("-> ")) symlinkSync(text.slice("-> ".length), path);
    else writeFileSync(path, text);
  }
}
