import { capturePlace } from "@firn/diagnostic";
import type { Option } from "@firn/option";
import { forwardingOption } from "./forwarding.ts";
import { makeModule, type Module } from "./module.ts";
import type { OptionInfo } from "./option-info.ts";

/** Path of an option, written as a tuple so that the compiler knows its parts. */
export type OptionPath = readonly [string, ...string[]];

// oxlint-disable-next-line typescript/no-explicit-any -- the type of the old name is that of the new one, which stands in another module.
type Anything = any;

type Nested<P extends readonly string[], L> = P extends readonly [
  infer Head extends string,
  ...infer Rest extends readonly string[],
]
  ? { readonly [K in Head]: Nested<Rest, L> }
  : L;

/** A path of a list of them declares beside the others, so that their trees are intersected and not a choice. */
type NestedAll<P, L> = (P extends readonly string[] ? (one: Nested<P, L>) => void : never) extends (
  all: infer I,
) => void
  ? I
  : never;

/** What a definition of a removed option would have to be: nothing is, and the text says what to do. */
export interface RemovedOption<Text extends string> {
  readonly "~removed": Text;
}

/**
 * Gives an option a second name, equally good: definitions of the one are
 * definitions of the other, with their priorities, and reading it reads the other.
 */
export function mkAliasOptionModule<const P extends OptionPath>(
  from: P,
  to: OptionPath,
): Module<Nested<P, Option<Anything, Anything>>> {
  const forward = forwardingOption({ kind: "alias", to, warn: false });
  return declareAt(from, forward, mkAliasOptionModule);
}

/** Gives an option a new name; the old one still works, with a warning at each definition. */
export function mkRenamedOptionModule<const P extends OptionPath>(
  from: P,
  to: OptionPath,
): Module<Nested<P, Option<Anything, Anything>>> {
  const forward = forwardingOption({ kind: "alias", to, warn: true });
  return declareAt(from, forward, mkRenamedOptionModule);
}

/**
 * Replaces an option by one with other values: each definition of the old one
 * is converted to one of the new, with a warning.
 */
export function mkChangedOptionModule<const P extends OptionPath>(
  from: P,
  to: OptionPath,
  convert: (value: Anything) => unknown,
): Module<Nested<P, Option<Anything, Anything>>> {
  const forward = forwardingOption({ kind: "alias", to, warn: true, convert });
  return declareAt(from, forward, mkChangedOptionModule);
}

/** Makes definitions of an option an error that says what to do instead, for the compiler too. */
export function mkRemovedOptionModule<const P extends OptionPath, const Text extends string>(
  from: P,
  text: Text,
): Module<Nested<P, Option<never, RemovedOption<Text>>>> {
  return declareAt(from, forwardingOption({ kind: "removed", text }), mkRemovedOptionModule);
}

/**
 * Replaces several options by one: if any of them is defined, the new one is
 * defined as what `merge` makes of their values, with a warning.
 *
 * @param merge is given the values in the order of `from`, undefined where nobody defines one
 */
export function mkMergedOptionModule<const P extends readonly OptionPath[]>(
  from: P,
  to: OptionPath,
  merge: (values: readonly Anything[]) => unknown,
): Module<NestedAll<P[number], Option<Anything, Anything>>> {
  const imports = from.map((path) => declareAt(path, forwardingOption({ kind: "merged", to }), mkMergedOptionModule));
  const config = (given: unknown, define: (definitions: unknown) => void): void => {
    const { config: values, options } = given as { config: unknown; options: unknown }; // As evaluation gives it.
    const defined = from.map((path) => (readAt(options, path) as OptionInfo).isDefined);
    if (!defined.includes(true)) return;
    define(nest(to, merge(from.map((path, index) => (defined[index] === true ? readAt(values, path) : undefined)))));
  };
  const settings = { name: "merged option", imports, config };
  return makeModule(settings, { capture: capturePlace(mkMergedOptionModule) }) as never; // Phantom.
}

function declareAt<M>(path: OptionPath, declared: Option, caller: (...parameters: never[]) => unknown): M {
  const settings = { name: `rename of ${path.join(".")}`, options: nest(path, declared) };
  return makeModule(settings, { capture: capturePlace(caller) }) as M; // Phantoms have no value.
}

function nest(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, part) => ({ [part]: inner }), value);
}

function readAt(tree: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, part) => Reflect.get(inner as object, part), tree);
}
