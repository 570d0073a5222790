import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collectTrees, removeTree } from "@firn/package-tree";
import { TemporaryTrees } from "../test-kit/temporary-trees.ts";

let temporary: TemporaryTrees;
beforeEach(() => void (temporary = new TemporaryTrees()));
afterEach(() => temporary.remove());

const shared = { name: "shared", files: { "usr/share/s": "s" } };

describe("collectTrees", () => {
  test("removes trees that nobody keeps, and packages that no tree is made of any more", async () => {
    const kept = await temporary.build(shared, { name: "a" });
    const other = await temporary.build(shared, { name: "b" });
    const collected = collectTrees({ folder: temporary.trees, keep: [kept], unusedFor: 0 });
    expect(collected).toEqual({ trees: 1, packages: 1 });
    expect([existsSync(kept), existsSync(other)]).toEqual([true, false]);
    expect(readdirSync(join(temporary.trees, "unpacked"))).toHaveLength(2);
  });

  test("keeps what was asked for of late", async () => {
    await temporary.build(shared);
    expect(collectTrees({ folder: temporary.trees, keep: [] })).toEqual({ trees: 0, packages: 0 });
  });

  test("keeps a tree that a program runs in", async () => {
    const tree = await temporary.build(shared);
    // Any folder will do: what matters is that the tree is mounted somewhere.
    const mount = `mkdir ${tree}/on && mount --bind ${tree}/usr ${tree}/on && echo mounted && read line`;
    const child = spawn("unshare", ["-Urm", "sh", "-c", mount], { stdio: ["pipe", "pipe", "inherit"] });
    try {
      await once(child.stdout, "data");
      expect(collectTrees({ folder: temporary.trees, keep: [], unusedFor: 0 }).trees).toBe(0);
    } finally {
      child.stdin.end("\n");
      await once(child, "close");
    }
    expect(collectTrees({ folder: temporary.trees, keep: [], unusedFor: 0 }).trees).toBe(1);
  });

  test("a tree that is damaged and kept does not stop it", async () => {
    const damaged = await temporary.build(shared, { name: "a" });
    await temporary.build(shared, { name: "b" });
    rmSync(join(damaged, "tree.json"));
    const collected = collectTrees({ folder: temporary.trees, keep: [damaged], unusedFor: 0 });
    expect(collected).toEqual({ trees: 1, packages: 3 });
  });

  test("removes what killed processes left", () => {
    mkdirSync(join(temporary.trees, "unfinished/999999999-x/tree"), { recursive: true });
    collectTrees({ folder: temporary.trees, keep: [] });
    expect(readdirSync(join(temporary.trees, "unfinished"))).toEqual([]);
  });
});

describe("removeTree", () => {
  test("removes one tree, and nothing where there is none", async () => {
    const tree = await temporary.build(shared);
    removeTree(tree);
    expect(existsSync(tree)).toBe(false);
    expect(() => removeTree(tree)).not.toThrow();
    expect(await temporary.build(shared)).toBe(tree);
  });
});
