import {
  findWrapper,
  lazy,
  mkAfter,
  mkBefore,
  mkDefault,
  mkDefinition,
  mkForce,
  mkIf,
  mkMerge,
  mkOptionDefault,
  mkOrder,
  mkOverride,
} from "@firn/definition";
import { expect, test } from "vitest";

const compute = () => "a";
const content = "a";

// The function, what it makes, and what that does to its content.
test.each([
  ["mkIf", mkIf(true, content), { kind: "if", condition: true, content }],
  ["mkIf with a lazy condition", mkIf(lazy(compute) as never, content), { kind: "if", content }],
  ["mkMerge", mkMerge([content, "b"]), { kind: "merge", contents: ["a", "b"] }],
  ["lazy", lazy(compute), { kind: "lazy", compute }],
  ["mkForce", mkForce(content), { kind: "override", priority: 50, content }],
  ["mkDefault", mkDefault(content), { kind: "override", priority: 1000, content }],
  ["mkOptionDefault", mkOptionDefault(content), { kind: "override", priority: 1500, content }],
  ["mkOverride", mkOverride(-1, content), { kind: "override", priority: -1, content }],
  ["mkBefore", mkBefore(content), { kind: "order", order: 500, content }],
  ["mkAfter", mkAfter(content), { kind: "order", order: 1500, content }],
  ["mkOrder", mkOrder(1.5, content), { kind: "order", order: 1.5, content }],
  ["mkDefinition", mkDefinition("it.yaml", content), { kind: "definition", place: { label: "it.yaml" }, content }],
])("%s wraps its content", (_, wrapped, wrapper) => {
  expect(findWrapper(wrapped)).toMatchObject(wrapper);
  expect(Object.isFrozen(wrapped)).toBe(true);
});

test.each([
  ["mkMerge", () => mkMerge("a" as never), "mkMerge takes a list: write mkMerge([ … ])"],
  ["lazy", () => lazy("a" as never), "lazy takes a function: write lazy(() => …)"],
  ["mkOverride", () => mkOverride("50" as never, "a"), "mkOverride takes a number first: write mkOverride(50, …)"],
  ["mkOverride with NaN", () => mkOverride(Number.NaN, "a"), "mkOverride takes a number first"],
  ["mkOrder", () => mkOrder("a" as never, 500 as never), "mkOrder takes a number first: write mkOrder(500, …)"],
])("%s refuses what it does not take", (_, wrap, message) => {
  expect(wrap).toThrow(message);
});

test.each([["text"], [null], [undefined], [{ kind: "override", priority: 50, content }], [[mkForce(content)]]])(
  "findWrapper finds none in %j",
  (value) => expect(findWrapper(value)).toBeUndefined(),
);
