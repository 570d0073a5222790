import { type Content, wrap, type Wrapped } from "./wrapped.ts";

/** The numbers of NixOS: the smallest comes first in lists and joined strings; ties keep module order. */
export const orders = { before: 500, plain: 1000, after: 1500 } as const;

/**
 * Gives definitions a place in the order; where wrappers nest, the innermost decides.
 *
 * @throws TypeError when the order is not a number
 */
export function mkOrder<T>(order: number, content: Content<T>): Wrapped<T> {
  if (!Number.isFinite(order)) throw new TypeError("mkOrder takes a number first: write mkOrder(500, …)");
  return wrap({ kind: "order", order, content });
}

/** Puts definitions before plain ones (order 500). */
export function mkBefore<T>(content: Content<T>): Wrapped<T> {
  return mkOrder(orders.before, content);
}

/** Puts definitions after plain ones (order 1500). */
export function mkAfter<T>(content: Content<T>): Wrapped<T> {
  return mkOrder(orders.after, content);
}
