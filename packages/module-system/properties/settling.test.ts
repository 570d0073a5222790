import * as fc from "fast-check";
import { expect, test } from "vitest";
import { renderPath } from "@firn/diagnostic";
import { evaluate } from "@firn/module-system";
import { acyclicGraph, closeCycle, expectedValues, modulesOf, type OptionGraph, pathOf } from "./option-graph.ts";

const runs = Number(process.env["FIRN_PROPERTY_RUNS"] ?? 400);

test("evaluate gives acyclic options the values that following their reads gives", () => {
  fc.assert(
    fc.property(acyclicGraph(), (graph) => {
      const evaluation = evaluate({ modules: modulesOf(graph) });
      expect(evaluation.diagnostics).toEqual([]);
      const values = graph.options.map((_, index) => evaluation.value(pathOf(graph, index)));
      expect(values).toEqual(expectedValues(graph));
    }),
    { numRuns: runs },
  );
});

test("evaluate settles a chain as deep as there are options", () => {
  const depth = 200;
  const options = Array.from({ length: depth }, (_, index) => ({
    constant: 1,
    reads: index === 0 ? [] : [index - 1],
    module: index % 5,
    style: "call" as const,
    nested: index % 2 === 0,
    hasDefault: true,
    hasNoise: false,
  }));
  const graph = { options, modules: 5 };
  const evaluation = evaluate({ modules: modulesOf(graph) });
  expect(evaluation.diagnostics).toEqual([]);
  expect(evaluation.value(pathOf(graph, depth - 1))).toBe(depth);
});

test("evaluate names a cycle that is a real one", () => {
  fc.assert(
    fc.property(cyclicGraph(), (graph) => {
      const { diagnostics } = evaluate({ modules: modulesOf(graph) });
      const cycles = diagnostics.filter(({ code }) => code === "cycle");
      expect(cycles.length).toBeGreaterThan(0);
      for (const { why = [] } of cycles) expectRealCycle(graph, why[0] ?? "");
    }),
    { numRuns: runs },
  );
});

function cyclicGraph(): fc.Arbitrary<OptionGraph> {
  return acyclicGraph().chain((graph) => {
    const indexes = graph.options.map((_, index) => index);
    const around = fc.shuffledSubarray(indexes, { minLength: 1, maxLength: Math.min(6, indexes.length) });
    return around.map((chosen) => {
      const closed = closeCycle(graph, chosen);
      // A sum that grows keeps changing; one that happens to stand still would be a value.
      return { ...closed, hostsExist: true, options: closed.options.map((each) => ({ ...each, constant: Math.abs(each.constant) + 1 })) };
    });
  });
}

/** Checks the chain of names against the reads in the graph; it must come back to where it began. */
function expectRealCycle(graph: OptionGraph, chain: string): void {
  const byName = new Map(graph.options.map((_, index) => [renderPath(pathOf(graph, index)), index]));
  const names = chain.slice(1, -1).split('" needs "');
  const indexes = names.filter((name) => name !== "hosts").map((name) => byName.get(name));
  expect(indexes).not.toContain(undefined);
  expect(indexes[0]).toBe(indexes.at(-1));
  for (const [at, index] of indexes.slice(0, -1).entries()) {
    expect(graph.options[index ?? -1]?.reads, `${chain}: link ${at}`).toContain(indexes[at + 1]);
  }
}

test("evaluate gives the same whatever the order of modules", () => {
  const shuffled = acyclicGraph().chain((graph) => fc.tuple(fc.constant(graph), fc.shuffledSubarray(modulesOf(graph), { minLength: graph.modules })));
  fc.assert(
    fc.property(shuffled, ([graph, modules]) => {
      const straight = evaluate({ modules: modulesOf(graph) });
      const other = evaluate({ modules });
      expect(sorted(other.value([]))).toBe(sorted(straight.value([])));
      expect(other.diagnostics.length).toBe(straight.diagnostics.length);
    }),
    { numRuns: runs },
  );
});

/** Renders with sorted names: the order of attributes is that of their definitions. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
