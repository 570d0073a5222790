import type { Place } from "@firn/diagnostic";
import { type Content, wrap, type Wrapped } from "./wrapped.ts";

/** Where definitions come from: one `define` call of one module, or a declaration. */
export interface Origin {
  /** The module, as messages name it. */
  readonly module: string;
  /** Place of the call. */
  readonly place: Place;
  /** Which `define` call of the module it was, from 0. */
  readonly call?: number;
  /** How many parts of an option's path lie above the object given to the call. */
  readonly depth: number;
  /** Property path that replaces those parts, for definitions that were moved or stand in a list. */
  readonly prefix?: readonly string[];
}

/** Says the place of the definition of one option within its `define` call. */
export function placeOf(origin: Origin, path: readonly string[]): Place {
  const below = path.slice(origin.depth);
  const property = origin.prefix === undefined ? below : [...origin.prefix, ...below];
  return { ...origin.place, property: [...(origin.place.property ?? []), ...property] };
}

/** Derives the origin of definitions that move from one path to another. */
export function moveOrigin(origin: Origin, from: readonly string[], to: readonly string[]): Origin {
  const below = from.slice(origin.depth);
  // The place is named because an origin may compute it, and a spread leaves such a property out.
  return { ...origin, place: origin.place, depth: to.length, prefix: [...(origin.prefix ?? []), ...below] };
}

/**
 * Gives a definition an origin other than the line it stands on, for values
 * read from elsewhere (a generated file, another system).
 *
 * @param file what messages and `why` show as its place
 */
export function mkDefinition<T>(file: string, content: Content<T>): Wrapped<T> {
  return wrap({ kind: "definition", place: { label: file }, content });
}
