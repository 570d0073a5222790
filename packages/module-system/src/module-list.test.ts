import { defineModule, evaluate, type Module } from "@firn/module-system";
import { expect, test } from "vitest";

test("evaluate draws a module once, in however many ways it is imported", () => {
  // Each layer doubles the number of ways to the lowest module.
  let layer: Module[] = [defineModule({ name: "lowest" })];
  for (let height = 0; height < 40; height++) {
    const below = layer;
    layer = ["left", "right"].map((name) => defineModule({ name, imports: below }));
  }
  const [left, right] = evaluate({ modules: layer }).graph;
  expect(left?.imports).toHaveLength(2);
  expect(left?.imports[0]).toBe(right?.imports[0]);
});
