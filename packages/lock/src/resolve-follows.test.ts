import { emptyLock, type Lockfile, type Pin, resolveFollows } from "@firn/lock";
import { expect, test } from "vitest";

const real: Pin = { want: { path: "./a" } };
const to = (follows: string): Pin => ({ follows });

// Path, inputs, what it resolves to.
test.each<readonly [string, Record<string, Pin>, object]>([
  ["", {}, { path: "" }],
  ["a", { a: real }, { path: "a", pin: real }],
  ["a", { a: to("b"), b: to("c/d"), c: real, "c/d": real }, { path: "c/d", pin: real }],
  ["a", { a: to("") }, { path: "" }],
  ["a/b", { a: to("c"), c: real, "c/b": real }, { path: "c/b", pin: real }],
  ["a/b", { a: to(""), b: real }, { path: "b", pin: real }],
  ["a/b/c", { a: real, "a/b": to("d"), d: to("e"), e: real, "e/c": real }, { path: "e/c", pin: real }],
  ["x", {}, { missing: "x" }],
  ["constructor", {}, { missing: "constructor" }],
  ["a/b", { a: to("c"), c: real }, { missing: "c/b" }],
  ["a", { a: to("a") }, { cycle: ["a", "a"] }],
  ["a", { a: to("b"), b: to("c"), c: to("b") }, { cycle: ["b", "c", "b"] }],
  ["a", { a: to("a/b") }, { cycle: ["a", "a"] }],
])("resolveFollows of %j in %j", (path, inputs, resolved) => {
  expect(resolveFollows({ ...emptyLock, inputs }, path)).toEqual(resolved);
});

test("resolveFollows looks at each input once, however many chains share it", () => {
  const inputs: Record<string, Pin> = { r: real, a0: to(""), "r/x": real };
  // Each path leads twice through the one before it: 2^60 steps without memory.
  for (let index = 1; index <= 60; index++) inputs[`a${index}`] = to(`a${index - 1}/a${index - 1}`);
  const lock: Lockfile = { ...emptyLock, inputs };
  expect(resolveFollows(lock, "a60/r/x")).toEqual({ path: "r/x", pin: real });
});
