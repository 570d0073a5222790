import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Diagnostic, renderPath } from "@firn/diagnostic";
import { evaluate } from "@firn/module-system";
import { acyclicGraph, closeCycle, expectedValues, modulesOf, type OptionGraph, pathOf } from "./option-graph.ts";
import { runsOr, seed } from "./runs.ts";

const runs = runsOr(300);
/** Milliseconds; far more than it takes, since other tests share the machine. */
const patience = 120_000;

test(
  "evaluate gives acyclic options the values that following their reads gives",
  () => {
    fc.assert(
      fc.property(acyclicGraph(), (graph) => {
        const evaluation = evaluate({ modules: modulesOf(graph) });
        expect(evaluation.diagnostics).toEqual([]);
        const values = graph.options.map((_, index) => evaluation.value(pathOf(graph, index)));
        expect(values).toEqual(expectedValues(graph));
      }),
      { numRuns: runs, seed },
    );
  },
  patience,
);

test(
  "evaluate settles a chain as deep as there are options",
  () => {
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
  },
  patience,
);

test(
  "evaluate names a cycle that is a real one",
  () => {
    fc.assert(
      fc.property(cyclicGraph(), (graph) => {
        const { diagnostics } = evaluate({ modules: modulesOf(graph) });
        const cycles = diagnostics.filter(({ code }) => code === "cycle");
        expect(cycles.length).toBeGreaterThan(0);
        for (const cycle of cycles) expectRealCycle(graph, cycle);
      }),
      { numRuns: runs, seed },
    );
  },
  patience,
);

function cyclicGraph(): fc.Arbitrary<OptionGraph> {
  return acyclicGraph().chain((graph) => {
    const indexes = graph.options.map((_, index) => index);
    const around = fc.shuffledSubarray(indexes, { minLength: 1, maxLength: Math.min(6, indexes.length) });
    return around.map((chosen) => {
      const closed = closeCycle(graph, chosen);
      // A sum that grows keeps changing; one that happens to stand still would be a value.
      return {
        ...closed,
        hostsExist: true,
        options: closed.options.map((each) => ({ ...each, constant: Math.abs(each.constant) + 1 })),
      };
    });
  });
}

/** Checks each link against the graph, and that the chain comes back to where it began. */
function expectRealCycle(graph: OptionGraph, { marks }: Diagnostic): void {
  const byName = new Map(graph.options.map((_, index) => [renderPath(pathOf(graph, index)), index]));
  const links = marks.map(({ role }) => {
    const [, reads = "", purpose = "", defines = ""] = /^"(.*)" is read here (.*) "(.*)"$/.exec(role) ?? [];
    return { defines: byName.get(defines) ?? -1, reads: byName.get(reads) ?? -2, purpose };
  });
  for (const [at, { defines, reads, purpose }] of links.entries()) {
    const possible = purpose === "to define" ? graph.options[defines]?.reads : readEarlier(graph, defines);
    expect(possible).toContain(reads);
    expect(links[(at + 1) % links.length]?.defines).toBe(reads);
  }
}

/** What the module of an option reads before it comes to define it. */
function readEarlier({ options }: OptionGraph, index: number): number[] {
  const earlier = options.slice(0, index + 1).filter(({ module }) => module === options[index]?.module);
  return earlier.flatMap(({ reads }) => reads);
}

test(
  "evaluate gives the same whatever the order of modules",
  () => {
    const shuffled = acyclicGraph().chain((graph) =>
      fc.tuple(fc.constant(graph), fc.shuffledSubarray(modulesOf(graph), { minLength: graph.modules })),
    );
    fc.assert(
      fc.property(shuffled, ([graph, modules]) => {
        const straight = evaluate({ modules: modulesOf(graph) });
        const other = evaluate({ modules });
        expect(sorted(other.value([]))).toBe(sorted(straight.value([])));
        expect(other.diagnostics.length).toBe(straight.diagnostics.length);
      }),
      { numRuns: runs, seed },
    );
  },
  patience,
);

/** Renders with sorted names: the order of attributes is that of their definitions. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
