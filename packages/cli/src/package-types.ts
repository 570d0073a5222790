import type { FlakeManifest } from "@firn/input";
import type { Flake } from "@firn/loader";
import { findSource, type PackageLock } from "@firn/lock";
import { type LockedSource, ownSource } from "@firn/package-manager";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Terminal } from "./terminal.ts";

/**
 * Writes the names of all packages that the locked sources have where the editor
 * and the compiler look for them, unless they stand there.
 */
export async function writePackageTypes(
  { flake, lock, sources }: { flake: Flake; lock: PackageLock; sources: FlakeManifest["sources"] },
  terminal: Terminal,
): Promise<void> {
  const locked = Object.entries(sources).flatMap(([name, { isOnRequest, source }]): LockedSource[] => {
    const state = findSource(lock, name);
    return state === undefined ? [] : [{ name, source, state, isOnRequest }];
  });
  if (locked.length === 0) return;
  const file = join(flake.root, ".firn/types/packages.d.ts");
  const own = listOwnNames(lock);
  const heading = `// What ${locked.map(({ name, state }) => `${name} had at ${state.date}`).join(", ")}${own.map((name) => `, ${name}`).join("")}; firn lock writes it.`;
  if (existsSync(file) && readFileSync(file, "utf8").startsWith(`${heading}\n`)) return;
  const { openPackageManagers } = await import("./package-managers.ts");
  const managers = openPackageManagers(terminal);
  const names = new Set(own);
  for (const each of locked) {
    const manager = managers.get(each.source.manager);
    for (const architecture of each.source.architectures) {
      const { value = [] } = (await manager?.listNames([each], architecture)) ?? {};
      for (const name of value) names.add(name);
    }
  }
  const lines = [...names].toSorted().map((name) => `  ${JSON.stringify(name)}: 1;`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, [heading, "interface FirnPackageNames {", ...lines, "}", ""].join("\n"));
  renameSync(`${file}.new`, file);
}

/** Names of the packages that the flake makes itself, as far as something has them. */
function listOwnNames({ closures }: PackageLock): string[] {
  const members = Object.values(closures).flatMap(({ packages }) => packages);
  return [...new Set(members.flatMap(({ name, source }) => (source === ownSource ? [name] : [])))].toSorted();
}
