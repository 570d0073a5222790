import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { countChanges, killAt } from "@firn/fault";
import type { OwnPackage } from "@firn/own-package";
import { makeSmallTree, packTar, scripted, TemporaryBuilds } from "../test-kit/temporary-builds.ts";

/** So many moments out of all are tried. */
const kills = Number(process.env["FIRN_KILLS"] ?? 16);

const small = makeSmallTree();
let builds: TemporaryBuilds;
beforeEach(async () => void (builds = await new TemporaryBuilds(small.tree).start()));
afterEach(async () => {
  small.remove();
  await builds.remove();
});

/** A package of an archive, which a script changes. */
function describePackage(): OwnPackage {
  const source = join(builds.folder, "source");
  mkdirSync(source);
  for (const name of ["a", "b", "c"]) writeFileSync(join(source, name), name);
  const archive = packTar(source, "--gzip");
  const file = join(builds.folder, "saw.tar.gz");
  writeFileSync(file, archive);
  const sha256 = createHash("sha256").update(archive).digest("hex");
  const script = "mkdir -p $out/usr/share; cp saw/* $out/usr/share; echo made > $out/usr/share/made";
  return scripted(script, { sources: { saw: { address: pathToFileURL(file).href, sha256, unpack: true } } });
}

test("buildPackage gives the same after a kill at any moment, and leaves nothing of what was killed", async () => {
  const own = describePackage();
  const program = await builds.bundle("build-program.ts");
  const newFolder = (): string => mkdtempSync(join(builds.folder, "killed-"));
  const command = (folder: string): string[] => [...program, JSON.stringify({ folder, own, tree: small.tree })];
  const build = (folder: string): string => {
    const [node = "", ...args] = command(folder);
    return execFileSync(node, args, { encoding: "utf8" });
  };
  const whole = build(newFolder());
  expect(JSON.parse(whole)).toEqual({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), size: expect.any(Number) });
  const count = countChanges(command(newFolder()));
  // Some change more than others do: the last moments may come too late.
  const tried = Math.min(kills, count - 1);
  expect(tried).toBeGreaterThan(10);
  for (let index = 0; index < tried; index++) {
    const moment = 1 + Math.floor((index * (count - 1)) / tried);
    const folder = newFolder();
    expect([moment, killAt(moment, command(folder)).status]).toEqual([moment, 137]);
    expect([moment, build(folder)]).toEqual([moment, whole]);
    expect([moment, readdirSync(join(folder, "unfinished"))]).toEqual([moment, []]);
    rmSync(folder, { recursive: true });
  }
}, 240_000);
