import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApt } from "@firn/apt";
import { TestArchive } from "@firn/apt/testing";
import { describePackageManager, type PackageWorld, type PublishedPackage } from "@firn/package-manager/testing";
import { onTestFinished } from "vitest";

/** Archives of Debian in a folder, each named as its folder. */
function makeWorld(): PackageWorld {
  const folder = mkdtempSync(join(tmpdir(), "firn-apt-contract-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const archives = new Map<string, { readonly archive: TestArchive; readonly names: Set<string>; day: number }>();
  const open = (name: string) => {
    const known = archives.get(name) ?? {
      archive: new TestArchive(join(folder, name), name),
      names: new Set(),
      day: 0,
    };
    archives.set(name, known);
    return known;
  };
  return {
    manager: openApt({
      cache: join(folder, "cache"),
      environment: process.env,
      patience: { idle: 5000, waits: [] },
    }),
    versions: ["1:1.2~rc1-1", "1:1.2-1", "1:1.2-1+b1"],
    publish(name, packages) {
      const known = open(name);
      for (const old of known.names) known.archive.remove(old);
      known.names.clear();
      for (const each of packages) {
        known.archive.add(toDebian(each));
        known.names.add(each.name);
      }
      known.day++;
      known.archive.publish({ date: `2026-11-${String(known.day).padStart(2, "0")}T00:00:00Z` });
      return known.archive.describeSource();
    },
    tamper(name) {
      const file = join(open(name).archive.folder, "dists/stable/InRelease");
      writeFileSync(file, readFileSync(file, "utf8").replaceAll("Label: Test", "Label: Best"));
    },
    remove(name) {
      rmSync(open(name).archive.folder, { recursive: true });
    },
  };
}

function toDebian({ conflicts = [], name, needs = [], provides = [], version }: PublishedPackage) {
  return {
    name,
    version,
    architecture: "amd64",
    ...(needs.length > 0 && { depends: needs.map((names) => names.join(" | ")).join(", ") }),
    ...(conflicts.length > 0 && { conflicts: conflicts.join(", ") }),
    ...(provides.length > 0 && { provides: provides.join(", ") }),
  };
}

describePackageManager("openApt", makeWorld);
