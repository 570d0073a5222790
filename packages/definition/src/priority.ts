import { type Content, wrap, type Wrapped } from "./wrapped.ts";

/**
 * The numbers of NixOS: the smallest wins, equal ones merge.
 *
 * @see https://nixos.org/manual/nixos/stable/#sec-option-definitions-setting-priorities
 */
export const priorities = { force: 50, plain: 100, default: 1000, optionDefault: 1500 } as const;

/**
 * Gives definitions a priority; of those of one option only the ones with the
 * smallest number count. Where wrappers nest, the innermost decides, because it
 * stands nearest to the value.
 *
 * @throws TypeError when the priority is not a number
 */
export function mkOverride<T>(priority: number, content: Content<T>): Wrapped<T> {
  if (!Number.isFinite(priority)) throw new TypeError("mkOverride takes a number first: write mkOverride(50, …)");
  return wrap({ kind: "override", priority, content });
}

/** Gives definitions priority 50: they win over plain ones. */
export function mkForce<T>(content: Content<T>): Wrapped<T> {
  return mkOverride(priorities.force, content);
}

/** Gives definitions priority 1000: they lose to plain ones. */
export function mkDefault<T>(content: Content<T>): Wrapped<T> {
  return mkOverride(priorities.default, content);
}

/** Gives definitions priority 1500, that of a declared `default`, with which they merge. */
export function mkOptionDefault<T>(content: Content<T>): Wrapped<T> {
  return mkOverride(priorities.optionDefault, content);
}
