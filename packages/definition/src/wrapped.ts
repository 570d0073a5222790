import { hasMark, type Place } from "@firn/diagnostic";

const MARK: unique symbol = Symbol.for("firn.Wrapped") as never;

/**
 * A value with properties around it: a condition, a priority, an order, an
 * origin, several values, or one yet to be computed. Made by the `mk…`
 * functions only; `T` is what it stands for when the option is merged.
 */
export interface Wrapped<out T> {
  readonly [MARK]: T;
}

/**
 * Added to a type whose properties are all optional, lets it take the value in
 * wrappers too. Unlike `Definable` it makes no union, so that the compiler can
 * propose the name that a misspelt property should have.
 */
export interface Wrappable<out D> {
  readonly [MARK]?: D;
}

/** What a definition may be: the value, or the value in wrappers. */
export type Definable<D> = D | Wrapped<D>;

/**
 * What wrappers of `D` take: `D` alone where that is wrappable already.
 *
 * Taken out of a list at an index that is open until `D` is known: so `D` is
 * inferred from where the wrapper stands and never from its content, as with
 * `NoInfer`, through which however the compiler does not find the wrong property.
 */
export type Content<D> = [typeof MARK extends keyof D ? D : Definable<D>][[D] extends [unknown] ? 0 : never];

/** What a wrapper does to its content. */
export type Wrapper =
  | { readonly kind: "if"; readonly condition: unknown; readonly content: unknown }
  | { readonly kind: "merge"; readonly contents: readonly unknown[] }
  | { readonly kind: "override"; readonly priority: number; readonly content: unknown }
  | { readonly kind: "order"; readonly order: number; readonly content: unknown }
  | { readonly kind: "definition"; readonly place: Place; readonly content: unknown }
  | { readonly kind: "lazy"; readonly compute: () => unknown };

/** Makes a wrapper; its type says what it stands for. */
export function wrap<T>(wrapper: Wrapper): Wrapped<T> {
  // The mark stands first, since V8 takes ten times as long to add a symbol after a spread.
  return Object.freeze({ [MARK]: true, ...wrapper }) as unknown as Wrapped<T>; // The mark is a phantom for T.
}

/** Finds the wrapper in a value, or undefined when the value is a plain one. */
export function findWrapper(value: unknown): Wrapper | undefined {
  if (!hasMark(value, MARK)) return undefined;
  return value as unknown as Wrapper; // Only `wrap` sets the mark.
}
