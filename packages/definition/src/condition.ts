import { type Content, type Definable, wrap, type Wrapped } from "./wrapped.ts";

/**
 * Makes definitions count only if a condition holds.
 *
 * Names inside are checked also when it does not, so that a misspelling does
 * not wait for the day when it does; only those of a submodule that exists by
 * this definition alone have nothing to be checked against.
 *
 * @param condition a boolean, or `lazy(() => …)`
 * @param content a value or a set of options, itself possibly wrapped
 * @see https://nixos.org/manual/nixos/stable/#sec-option-definitions-delaying-conditionals
 */
export function mkIf<T>(condition: Definable<boolean>, content: Content<T>): Wrapped<T> {
  return wrap({ kind: "if", condition, content });
}

/**
 * Stands for several definitions at once, in their order.
 *
 * @throws TypeError when it is not given a list
 * @see https://nixos.org/manual/nixos/stable/#sec-option-definitions-merging
 */
export function mkMerge<T>(contents: readonly Content<T>[]): Wrapped<T> {
  if (!Array.isArray(contents)) throw new TypeError("mkMerge takes a list: write mkMerge([ … ])");
  return wrap({ kind: "merge", contents });
}

/**
 * Computes a value when the option it stands at is merged, not when the
 * enclosing function runs: the way out when one `define` call both gives and
 * needs values that depend on each other.
 *
 * @throws TypeError when it is not given a function
 */
export function lazy<T>(compute: () => Content<T>): Wrapped<T> {
  if (typeof compute !== "function") throw new TypeError("lazy takes a function: write lazy(() => …)");
  return wrap({ kind: "lazy", compute });
}
