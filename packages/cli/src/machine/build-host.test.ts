import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { flake, greeter } from "../../corpus/switch-flake.ts";
import { inWorld, type World } from "../../corpus/world.ts";

const timeout = 60_000;

/** Writes the flake of the corpus whose host greets. */
function writeFlake(world: World, folder: string, greeting: string): string {
  for (const step of [flake, greeter(greeting)]) {
    if (typeof step === "object" && "write" in step) world.write(join(world.flake, folder), step.write);
  }
  return join(world.flake, folder);
}

/** Describes a tree to the last byte and time: kind, mode, owner, modification, content. */
function describeTree(root: string, at = root): string[] {
  return readdirSync(at)
    .toSorted()
    .flatMap((name) => {
      const path = join(at, name);
      const { gid, mode, mtimeMs, uid } = lstatSync(path);
      const line = [relative(root, path), mode.toString(8), uid, gid];
      if (lstatSync(path).isDirectory()) return [line.join(" "), ...describeTree(root, path)];
      const content = lstatSync(path).isSymbolicLink()
        ? readlinkSync(path)
        : createHash("sha256").update(readFileSync(path)).digest("hex");
      return [[...line, mtimeMs, content].join(" ")];
    });
}

describe("firn build", () => {
  test("makes the same of the same, byte by byte, wherever it is", { timeout }, () => {
    inWorld((world) => {
      const builds = ["here", "there"].map((folder) => {
        const root = writeFlake(world, folder, "hello");
        const { status, text } = world.run(["firn", "build", "web", "--root", "machine"], root);
        expect(status, text).toBe(0);
        return text.trim();
      });
      const [here = "", there = ""] = builds;
      expect(relative(join(world.flake, "here"), here)).toBe(relative(join(world.flake, "there"), there));
      expect(describeTree(here)).toEqual(describeTree(there));
      expect(describeTree(here).length).toBeGreaterThan(2);
    });
  });

  test("does nothing when nothing changed", { timeout }, () => {
    inWorld((world) => {
      const root = writeFlake(world, ".", "hello");
      const build = ["firn", "build", "web", "--root", "machine", "--json"];
      expect(world.run(build, root).text).toContain('"isNew":true');
      const state = join(root, "machine/var/lib/firn");
      const times = (): string[] => describeTree(state).map((line) => `${line} ${statSync(state).ctimeMs}`);
      const before = times();
      expect(world.run(build, root).text).toContain('"isNew":false');
      expect(times()).toEqual(before);
    });
  });

  test("shares what did not change with the generation before", { timeout }, () => {
    inWorld((world) => {
      const root = writeFlake(world, ".", "hello");
      const build = (): string => world.run(["firn", "build", "web", "--root", "machine"], root).text.trim();
      const first = build();
      writeFlake(world, ".", "good morning");
      const second = build();
      writeFlake(world, ".", "hello");
      expect([second === first, build()]).toEqual([false, first]);
      const stored = ["hello\n", "good morning\n"].map((text) => createHash("sha256").update(text).digest("hex"));
      const objects = readdirSync(join(root, "machine/var/lib/firn/store/objects"), { recursive: true }).map(String);
      for (const hash of stored) expect(objects).toContain(`${hash.slice(0, 2)}/${hash}`);
      const inode = (path: string): number => statSync(path).ino;
      const [hash = ""] = stored;
      const object = join(root, "machine/var/lib/firn/store/objects", hash.slice(0, 2), hash);
      expect(inode(join(first, "files/etc/motd"))).toBe(inode(object));
    });
  });
});
