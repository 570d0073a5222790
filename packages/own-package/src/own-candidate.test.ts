import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ownCandidate, recipeHash, renderControl } from "@firn/own-package";

const own = {
  name: "saw",
  version: "1:1.7~rc1-2",
  summary: "Saws wood: all of it",
  depends: ["libc6 (>= 2.36)", "grease | oil"],
  provides: ["cutter (= 2)"],
  conflicts: ["axe"],
  replaces: ["axe (<< 3)"],
};

test("ownCandidate has the hash of the recipe, and the version made of it", () => {
  const sha256 = recipeHash(own, { architecture: "amd64" });
  const version = `1:1.7~rc1-2+firn.${sha256.slice(0, 10)}`;
  expect(ownCandidate(own, { architecture: "amd64" })).toEqual({ ...own, version, architecture: "all", sha256 });
  const bare = ownCandidate({ name: "saw", version: "1", summary: "s" }, { architecture: "amd64" });
  expect([bare.depends, bare.provides, bare.conflicts, bare.replaces]).toEqual([[], [], [], []]);
});

test("renderControl renders what dpkg-deb takes, and reads as it was meant", () => {
  const folder = mkdtempSync(join(tmpdir(), "firn-own-"));
  try {
    mkdirSync(join(folder, "root/DEBIAN"), { recursive: true, mode: 0o755 });
    const candidate = ownCandidate(own, { architecture: "amd64" });
    writeFileSync(join(folder, "root/DEBIAN/control"), renderControl(candidate, 12));
    execFileSync("dpkg-deb", ["-Znone", "-b", join(folder, "root"), join(folder, "saw.deb")], { stdio: "pipe" });
    const text = execFileSync("dpkg-deb", ["-f", join(folder, "saw.deb")], { encoding: "utf8" });
    expect(text).toBe(`Package: saw
Version: ${candidate.version}
Architecture: all
Maintainer: Firn <firn@localhost>
Installed-Size: 12
Depends: libc6 (>= 2.36), grease | oil
Provides: cutter (= 2)
Conflicts: axe
Replaces: axe (<< 3)
Section: local
Priority: optional
Description: Saws wood: all of it
`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
