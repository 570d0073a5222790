import type { OptionType } from "./option-type.ts";

/** Merges two types if they are of one kind. */
export function combineTypes(a: OptionType, b: OptionType): OptionType | undefined {
  if (a === b) return a;
  if (a.name !== b.name) return undefined;
  // A type does not know of the tests that narrow the other one, which then combines the two.
  return isNarrowed(b) && !isNarrowed(a) ? b.combine?.(a) : a.combine?.(b);
}

/** Tells whether a type is another one with tests; see `addCheck`. */
export function isNarrowed({ payload }: OptionType): boolean {
  return typeof payload === "object" && payload !== null && Object.hasOwn(payload, "refinements");
}
