import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TemporaryStore } from "../test/temporary-store.ts";

let temporary: TemporaryStore;
beforeEach(() => {
  temporary = new TemporaryStore();
  temporary.build("a", { both: "both", a: "only a" });
  temporary.build("b", { both: "both", b: "+ only b" });
  for (const name of ["a", "b"]) temporary.store.writeOrigins(name, "{}");
});
afterEach(() => temporary.remove());

/** The number of a process that is gone. */
function deadProcess(): number {
  return spawnSync("true").pid;
}

describe("collect", () => {
  test("removes generations that are not kept, and what only they had", () => {
    expect(temporary.store.collect(new Set(["b"]))).toEqual({ generations: ["a"], objects: 1, bytes: 6 });
    expect(existsSync(temporary.object("only a"))).toBe(false);
    expect([temporary.store.list(), temporary.store.readOrigins("a"), temporary.store.readOrigins("b")]).toEqual([
      ["b"],
      undefined,
      "{}",
    ]);
    expect(temporary.verify()).toEqual([]);
    expect(temporary.store.collect(new Set(["b"]))).toEqual({ generations: [], objects: 0, bytes: 0 });
  });

  test("leaves what is kept exactly as it is, and nothing where nothing is kept", () => {
    const before = temporary.list();
    temporary.store.collect(new Set(["a", "b"]));
    expect(temporary.list()).toEqual(before);
    temporary.store.collect(new Set());
    expect(temporary.list()).toEqual(["generations 40755", "objects 40755", "origins 40755"]);
  });

  test("counts a content only when nothing else has it", () => {
    expect(temporary.store.collect(new Set()).bytes).toBe(["both", "only a", "only b"].join("").length);
  });

  test.each([
    ["that was killed", () => deadProcess(), false],
    ["that is at work", () => process.ppid, true],
  ])("of what a build left %s", (_, process, isLeft) => {
    const number = process();
    const [folder, part, origin] = [
      temporary.at(`generations/.new-${number}-1`),
      `${temporary.object("both").slice(0, -64)}.new-${number}-2`,
      temporary.at(`origins/.new-${number}-3`),
    ];
    mkdirSync(`${folder}/files`, { recursive: true });
    for (const file of [part, origin]) writeFileSync(file, "half");
    temporary.store.collect(new Set(["a", "b"]));
    expect([folder, part, origin].map((each) => existsSync(each))).toEqual([isLeft, isLeft, isLeft]);
    rmSync(folder, { recursive: true, force: true });
  });

  test("has a build that follows write again what was removed", () => {
    temporary.store.collect(new Set(["b"]));
    temporary.asked.length = 0;
    temporary.build("a", { both: "both", a: "only a" });
    expect(temporary.asked).toEqual(["only a"]);
    expect(temporary.verify()).toEqual([]);
  });
});
