import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hashFolder } from "@firn/package-build";

test("hashFolder is what nix-hash says, of folders, files and links", () => {
  const folder = mkdtempSync(join(tmpdir(), "firn-hash-"));
  try {
    mkdirSync(join(folder, "B/empty"), { recursive: true });
    writeFileSync(join(folder, "a"), "0123456");
    writeFileSync(join(folder, "ä b"), "01234567");
    writeFileSync(join(folder, "B/run"), Buffer.alloc(3_000_001, 7), { mode: 0o755 });
    symlinkSync("../a", join(folder, "B/link"));
    const said = ["", "a", "B/run", "B/link"].map((path) => {
      return execFileSync("nix-hash", ["--type", "sha256", join(folder, path)], { encoding: "utf8" }).trim();
    });
    expect(["", "a", "B/run", "B/link"].map((path) => hashFolder(join(folder, path)))).toEqual(said);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
