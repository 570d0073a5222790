import type { InstalledPackage, PackageTarget, PackageUser } from "@firn/package-manager";
import type { Scope } from "@firn/plan";
import { spawnSync } from "node:child_process";
import { hostAccessFailure } from "./host-access-failure.ts";
import { shellQuoted } from "./shell-quoted.ts";

/** Reads which packages a machine has; undefined where their manager is not there. @throws DiagnosticError "host-access-failed" */
export function readPackages({ root }: Scope, target: PackageTarget): readonly InstalledPackage[] | undefined {
  return target.parseInstalled(runQuery(target.renderQuery(shellQuoted(root))));
}

/** Reads which units run that have to do with some packages; none in a folder. @throws DiagnosticError "host-access-failed" */
export function readPackageUsers(
  { root }: Scope,
  { names, target }: { readonly names: readonly string[]; readonly target: PackageTarget },
): readonly PackageUser[] {
  return root === "/" && names.length > 0 ? target.parseUsers(runQuery(target.renderUsersQuery(names))) : [];
}

/** Reads which units packages would start, by their names. @throws DiagnosticError "host-access-failed" */
export function readPackageStarts(
  files: ReadonlyMap<string, string>,
  target: PackageTarget,
): ReadonlyMap<string, readonly string[]> {
  if (files.size === 0) return new Map();
  const starts = target.parseStarts(runQuery(target.renderStartsQuery([...files.values()].map(shellQuoted))));
  return new Map([...files.keys()].map((name, index) => [name, starts[index] ?? []]));
}

function runQuery(script: string): string {
  const { error, signal, status, stderr, stdout } = spawnSync("sh", ["-s"], {
    input: script,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: "pipe",
  });
  if (error === undefined && status === 0) return stdout;
  throw hostAccessFailure({
    message: "Cannot read which packages the machine has",
    why: [stderr.trim() || (error?.message ?? `The script that asks ended with ${signal ?? status}`)],
    ...(error && { cause: error }),
  });
}
