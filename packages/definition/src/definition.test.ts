import {
  type Definition,
  discharge,
  lazy,
  mkAfter,
  mkBefore,
  mkDefault,
  mkDefinition,
  mkForce,
  mkIf,
  mkMerge,
  mkOrder,
  type Origin,
  sortByOrder,
  strongest,
} from "@firn/definition";
import { describe, expect, test } from "vitest";

const origin: Origin = { module: "web", place: { label: "web" }, depth: 0 };
const plain = (value: unknown): Definition => ({ value, priority: 100, order: 1000, origin });

/** Unwraps a plain definition of a value, and tells what was heard meanwhile. */
function unwrap(value: unknown) {
  const found: Definition[] = [];
  const dropped: unknown[] = [];
  const bad: unknown[] = [];
  discharge(plain(value), found, {
    force: (compute) => compute(),
    dropped: (definition) => void dropped.push(definition.value),
    badCondition: (condition) => void bad.push(condition),
  });
  return { found: found.map(({ value: each, priority, order }) => [each, priority, order]), dropped, bad };
}

describe("discharge", () => {
  // The wrapped value, and the value, priority and order of each definition that it stands for.
  test.each([
    ["a plain value", "a", [["a", 100, 1000]]],
    ["undefined", undefined, [[undefined, 100, 1000]]],
    ["the priority of the innermost: mkForce", mkDefault(mkForce("a")), [["a", 50, 1000]]],
    ["the priority of the innermost: mkDefault", mkForce(mkDefault("a")), [["a", 1000, 1000]]],
    ["the order of the innermost", mkBefore(mkAfter("a")), [["a", 100, 1500]]],
    ["priority within order", mkBefore(mkForce("a")), [["a", 50, 500]]],
    ["order within priority", mkForce(mkBefore("a")), [["a", 50, 500]]],
    ["conditions that all hold", mkIf(true, mkIf(true, "a")), [["a", 100, 1000]]],
    ["no condition that does not hold", mkIf(true, mkForce(mkIf(false, "a"))), []],
    [
      "a lazy condition",
      mkIf(
        lazy(() => true),
        "a",
      ),
      [["a", 100, 1000]],
    ],
    [
      "the parts of mkMerge in their order",
      mkMerge(["a", "b"]),
      [
        ["a", 100, 1000],
        ["b", 100, 1000],
      ],
    ],
    [
      "what surrounds mkMerge, for every part",
      mkForce(mkMerge(["a", mkDefault("b")])),
      [
        ["a", 50, 1000],
        ["b", 1000, 1000],
      ],
    ],
    ["mkMerge in mkMerge", mkMerge([mkMerge(["a"]), mkMerge([]), mkIf(false, mkMerge(["b"]))]), [["a", 100, 1000]]],
    ["what a lazy value gives, wrapped or not", mkForce(lazy(() => mkOrder(1, "a"))), [["a", 50, 1]]],
    ["no wrapper inside of a value", [mkForce("a")], [[[mkForce("a")], 100, 1000]]],
  ])("gives %s", (_, value, expected) => expect(unwrap(value).found).toEqual(expected));

  test("tells what it drops, still wrapped, with nothing said of what is within", () => {
    const inner = mkIf(false, "a");
    expect(unwrap(mkMerge([mkIf(false, inner), "b"]))).toMatchObject({ dropped: [inner], bad: [] });
  });

  test.each([["yes"], [1], [0], [undefined], [null]])("drops content under the condition %j and tells", (condition) => {
    expect(unwrap(mkIf(condition as never, "a"))).toEqual({ found: [], dropped: [], bad: [condition] });
    expect(
      unwrap(
        mkIf(
          lazy(() => condition as never),
          "a",
        ),
      ).bad,
    ).toEqual([condition]);
  });

  test("asks a lazy value only where every condition around it holds", () => {
    const forced: string[] = [];
    const tell = (name: string) => lazy(() => void forced.push(name));
    unwrap(mkMerge([mkIf(false, tell("under false")), mkIf(true, tell("under true"))]));
    expect(forced).toEqual(["under true"]);
  });

  test("gives the origin of mkDefinition in place of the line", () => {
    const found: Definition[] = [];
    discharge(plain(mkDefinition("a.yaml", mkMerge(["a", mkDefinition("b.yaml", "b")]))), found, {
      force: (compute) => compute(),
      badCondition: () => undefined,
    });
    expect(found.map((each) => [each.value, each.origin.module, each.origin.place.label])).toEqual([
      ["a", "web", "a.yaml"],
      ["b", "web", "b.yaml"],
    ]);
  });

  test("ends with a problem for a wrapper that contains itself", () => {
    const itself: unknown = lazy(() => mkForce(itself) as never);
    expect(() => unwrap(itself)).toThrow("(endless-nesting)");
  });
});

describe("strongest", () => {
  const withPriorities = (...priorities: number[]) => priorities.map((priority) => ({ ...plain("a"), priority }));

  test.each([
    [[], []],
    [[1500], [1500]],
    [
      [100, 100],
      [100, 100],
    ],
    [
      [1000, 50, 100, 50],
      [50, 50],
    ],
    [[100, -1], [-1]],
  ])("of priorities %j keeps %j", (given, kept) => {
    expect(strongest(withPriorities(...given)).map(({ priority }) => priority)).toEqual(kept);
  });
});

describe("sortByOrder", () => {
  test.each([
    ["", ""],
    ["a1000 b1000", "a1000 b1000"],
    ["a1000 b500", "b500 a1000"],
    ["a1500 b1000 c500 d1000 e500", "c500 e500 b1000 d1000 a1500"],
    ["a1000 b-1", "b-1 a1000"],
  ])("sorts %j into %j, ties as they stood", (given, sorted) => {
    const definitions = given.split(" ").map((text) => ({ ...plain(text), order: Number(text.slice(1)) }));
    expect(
      sortByOrder(definitions)
        .map(({ value }) => value)
        .join(" "),
    ).toBe(sorted);
    expect(definitions.map(({ value }) => value).join(" ")).toBe(given);
  });
});
