import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";
import { type Flake, readWorkspace } from "@firn/loader";
import { whyNoTestHosts } from "@firn/test-host";
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type CommandCall, exitStatus } from "../command.ts";
import { counted } from "../counted.ts";
import { evaluateHosts } from "../evaluate-hosts.ts";
import { loadHostTests, testFileName, type TestedFile } from "../host-tests/load-host-tests.ts";
import { runHostTests } from "../host-tests/run-host-tests.ts";
import { openFlake } from "../open-flake.ts";
import { hasErrors, reportProblems } from "../report-problems.ts";
import type { Terminal } from "../terminal.ts";

/** Runs the tests of hosts, each on a machine that is thrown away. */
export async function run({ positionals, terminal }: CommandCall): Promise<number> {
  const flake = openFlake(terminal);
  const files = await findTests(flake, positionals);
  const names = positionals.length > 0 ? positionals : files.map(({ host }) => host);
  if (!(await areFit(flake, names, terminal))) return exitStatus.problem;
  requireTests(files, names);
  const loaded = [];
  for (const file of files) loaded.push(await loadHostTests(file));
  requireTestHosts();
  let failures = 0;
  for (const tests of loaded) failures += await runHostTests(tests, { flake, terminal });
  const all = loaded.reduce((sum, { tests }) => sum + tests.length, 0);
  terminal.print(failures === 0 ? `${counted(all, "test")} passed` : `${failures} of ${counted(all, "test")} failed`);
  return failures === 0 ? exitStatus.done : exitStatus.problem;
}

/** Finds the files with tests of the hosts that are named, or of all. */
async function findTests(flake: Flake, names: readonly string[]): Promise<TestedFile[]> {
  const { diagnostics, packages } = await readWorkspace(flake);
  if (hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  return packages.flatMap(({ entry, kind, name }) => {
    if (kind !== "host" || entry === undefined || (names.length > 0 && !names.includes(name))) return [];
    const file = join(dirname(entry), testFileName);
    return existsSync(file) ? [{ host: name, root: flake.root, file: relative(flake.root, file) }] : [];
  });
}

/** Evaluates the hosts before anything is booted; problems are reported. */
async function areFit(flake: Flake, names: readonly string[], terminal: Terminal): Promise<boolean> {
  if (names.length === 0) return true;
  const { hosts, openRendering } = await evaluateHosts(flake, names, { question: { kind: "problems" }, terminal });
  for (const { diagnostics } of hosts) await reportProblems(diagnostics, openRendering, terminal);
  return !hosts.some(({ diagnostics }) => hasErrors(diagnostics));
}

function requireTests(files: readonly TestedFile[], names: readonly string[]): void {
  const without = names.filter((name) => !files.some(({ host }) => host === name));
  if (files.length > 0 && without.length === 0) return;
  const what = names.length === 0 ? "tests of any host" : `tests of ${without.map((name) => `"${name}"`).join(", ")}`;
  const problem: Diagnostic = {
    code: "bad-host-test",
    severity: "error",
    message: `Cannot find ${what}`,
    marks: [],
    why: [`Tests stand in ${testFileName}, beside the file that the package of the host exports`],
    fix: `Write hosts/${without[0] ?? "NAME"}/src/${testFileName}`,
  };
  throw new DiagnosticError([problem]);
}

function requireTestHosts(): void {
  const reason = whyNoTestHosts();
  if (reason === undefined) return;
  const problem: Diagnostic = {
    code: "test-host-failed",
    severity: "error",
    message: "Cannot start machines for tests here",
    marks: [],
    why: [reason],
    fix: "Run the tests as root on a Debian machine that may have containers",
  };
  throw new DiagnosticError([problem]);
}
