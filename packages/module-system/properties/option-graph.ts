import * as fc from "fast-check";
import { lazy, mkDefault, mkForce, mkIf, mkMerge, mkOverride } from "@firn/definition";
import { option } from "@firn/option";
import { defineModule, type Module, types } from "@firn/module-system";

/** An integer option whose value is a constant plus the values of other options. */
export interface GraphOption {
  readonly constant: number;
  /** Indexes of the options it is computed from. */
  readonly reads: readonly number[];
  /** Index of the module that defines it. */
  readonly module: number;
  /** How the definition is written. */
  readonly style: Style;
  /** Whether it stands in a submodule, as `hosts.h<index>.value`. */
  readonly nested: boolean;
  /** Whether it is declared with a default, which its definition replaces. */
  readonly hasDefault: boolean;
  /** Whether a weaker definition with another value is added, which must lose. */
  readonly hasNoise: boolean;
}

const styles = ["call", "lazy", "forced", "conditional", "merged", "whole"] as const;
type Style = (typeof styles)[number];

/** A configuration of options that are computed from one another. */
export interface OptionGraph {
  readonly options: readonly GraphOption[];
  readonly modules: number;
  /** Whether the submodules exist before their values are defined. */
  readonly hostsExist?: boolean;
}

const most = { options: 40, modules: 6, reads: 3 };

/** Random graphs without cycles: each option reads only options before it. */
export function acyclicGraph(): fc.Arbitrary<OptionGraph> {
  const shape = fc.record({
    constant: fc.integer({ min: -9, max: 9 }),
    reads: fc.array(fc.nat({ max: 1_000_000 }), { maxLength: most.reads }),
    module: fc.nat({ max: most.modules - 1 }),
    style: fc.constantFrom(...styles),
    nested: fc.boolean(),
    hasDefault: fc.boolean(),
    hasNoise: fc.boolean(),
  });
  return fc.array(shape, { minLength: 1, maxLength: most.options }).map((options) => ({
    modules: most.modules,
    options: options.map((each, index) => ({
      ...each,
      reads: index === 0 ? [] : each.reads.map((read) => read % index),
    })),
  }));
}

/** Adds reads to a graph that close a cycle through the given options, in their order. */
export function closeCycle(graph: OptionGraph, around: readonly number[]): OptionGraph {
  const next = new Map(around.map((index, at) => [index, around[(at + 1) % around.length] ?? index]));
  const options = graph.options.map((each, index) => {
    const reads = next.get(index);
    return reads === undefined ? each : { ...each, reads: [...each.reads, reads] };
  });
  return { ...graph, options };
}

/** Path of an option's value. */
export function pathOf(graph: OptionGraph, index: number): readonly string[] {
  return graph.options[index]?.nested === true ? ["hosts", `h${index}`, "value"] : [`o${index}`];
}

/** Computes the values by following the reads. */
export function expectedValues({ options }: OptionGraph): number[] {
  const values: number[] = [];
  for (const { constant, reads } of options)
    values.push(reads.reduce((sum, read) => add(sum, values[read] ?? 0), constant));
  return values;
}

type Config = Record<string, unknown>;

/** Adds within bounds: values that go around a cycle would outgrow what a number can hold. */
function add(a: number, b: number): number {
  return (a + b) % 1_000_000_007;
}

/** Makes the modules of a graph; every module imports the one that declares the options. */
export function modulesOf(graph: OptionGraph): Module[] {
  const declaring = declareOptions(graph);
  return Array.from({ length: graph.modules }, (_, module) =>
    defineModule({
      name: `m${module}`,
      imports: [declaring],
      config({ config }, define) {
        for (const [index, each] of graph.options.entries()) {
          if (each.module === module)
            defineOption(graph, index, { config: config as Config, define: define as Define });
        }
      },
    }),
  );
}

function declareOptions(graph: OptionGraph): Module {
  const flat = graph.options.flatMap(({ nested, hasDefault }, index) =>
    nested ? [] : [[`o${index}`, option({ type: types.int, ...(hasDefault && { default: -1000 }) })] as const],
  );
  const host = types.submodule({ options: { value: option({ type: types.int }) } });
  return defineModule({
    name: "declarations",
    options: { ...Object.fromEntries(flat), hosts: option({ type: types.attrsOf(host), default: {} }) },
    config(_args, define) {
      if (graph.hostsExist !== true) return;
      const hosts = graph.options.flatMap(({ nested }, index) => (nested ? [[`h${index}`, {}] as const] : []));
      define({ hosts: Object.fromEntries(hosts) });
    },
  });
}

type Define = (definitions: unknown) => void;

function defineOption(graph: OptionGraph, index: number, { config, define }: { config: Config; define: Define }): void {
  const { constant, hasNoise, reads, style } = graph.options[index] as GraphOption;
  const compute = (): number => reads.reduce((sum, read) => add(sum, readOption(graph, read, config)), constant);
  const at = (value: unknown): unknown => pathOf(graph, index).reduceRight((inner, part) => ({ [part]: inner }), value);
  if (hasNoise) define(at(mkDefault(constant + 77)));
  define(written(style, compute, at));
}

function readOption(graph: OptionGraph, index: number, config: Config): number {
  return pathOf(graph, index).reduce<unknown>((value, part) => (value as Config)[part], config) as number;
}

/** Writes one definition in one of the ways that mean the same. */
function written(style: Style, compute: () => number, at: (value: unknown) => unknown): unknown {
  switch (style) {
    case "call":
      return at(compute());
    case "lazy":
      return at(lazy(compute));
    case "forced":
      return mkMerge([at(mkForce(compute())), at(12345)]);
    case "conditional":
      return mkMerge([mkIf(true, at(compute())), at(mkIf(false, 12345))]);
    case "merged":
      return at(mkMerge([mkIf(compute() > -1e9, compute()), mkDefault(54321)]));
    case "whole":
      return mkOverride(200, mkIf(true, at(compute())));
  }
}
