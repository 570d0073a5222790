import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { ClosureMember } from "@firn/package-manager";
import { measure, type Program, run } from "../evaluate/measure.ts";
import { readLock } from "./flake.ts";
import { type Bench, firn, flakeOf, sets } from "./setting.ts";
import { printCosts } from "./report.ts";
import { addFiles, aptOf, makeRoot, removeRoot, settle, withProcesses } from "./root.ts";

/** Measures installations into a machine that has apt and little else. */
export function measureInstall(bench: Bench): void {
  measureSet(bench, sets.few, [false, true]);
  // Waiting for the disk takes minutes, and both wait for the same.
  measureSet(bench, sets.many, [false]);
}

function measureSet(bench: Bench, asked: readonly string[], kinds: readonly boolean[]): void {
  const flake = flakeOf(bench, asked);
  const root = join(bench.folder, "root");
  run(firn(bench, { name: "lock", flake, args: ["lock"] }));
  makeRoot(root, bench.copy.base);
  const coming = listComing(root, readLock(flake).closures["bench"]?.packages ?? []);
  for (const isSynced of kinds) {
    const programs = [installByApt(bench, root, { coming, isSynced }), installByFirn(bench, root, { flake, isSynced })];
    const costs = measure(programs, bench.rounds);
    printCosts(`install ${coming.length} packages, ${isSynced ? "synced" : "not synced"}`, costs);
  }
  removeRoot(root);
  rmSync(flake, { recursive: true });
}

/** Lists what is not there yet in the wanted version. */
function listComing(root: string, members: readonly ClosureMember[]): ClosureMember[] {
  const format = "-f=${Package} ${Version}\\n";
  const admin = `--admindir=${join(root, "var/lib/dpkg")}`;
  const there = new Set(execFileSync("dpkg-query", [admin, "-W", format], { encoding: "utf8" }).split("\n"));
  return members.filter(({ name, version }) => !there.has(`${name} ${version}`));
}

function installByApt(
  { copy }: Bench,
  root: string,
  { coming, isSynced }: { coming: readonly ClosureMember[]; isSynced: boolean },
): Program {
  return {
    ...aptOf(root, { name: "apt-get install", isSynced, words: "/files/*.deb" }),
    prepare: () => {
      makeRoot(root, copy.base);
      addFiles(
        root,
        coming.map(({ path, source }) => join(copy.folder, source, path)),
      );
      settle(root);
    },
  };
}

function installByFirn(bench: Bench, root: string, { flake, isSynced }: { flake: string; isSynced: boolean }): Program {
  const args = ["switch", "bench", "--root", root];
  return {
    ...withProcesses(root, firn(bench, { name: "firn switch, built before", flake, args, isSynced })),
    prepare: () => {
      makeRoot(root, bench.copy.base);
      run(firn(bench, { name: "build", flake, args: ["build", "bench", "--root", root] }));
      settle(root);
    },
  };
}
