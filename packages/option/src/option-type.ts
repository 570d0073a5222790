import { hasMark } from "@firn/diagnostic";
import type { Definition } from "@firn/definition";
import type { MergeSite } from "./merge-site.ts";

/** A JSON Schema (2020-12) as data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** How a description reads inside another, which decides about parentheses. */
export type Phrase = "noun" | "composite" | "conjunction";

/** What a type does; each type answers for itself, nobody switches over their names. */
export interface TypeBehavior {
  /** The kind of type, for example `listOf`; two declarations merge only within a kind. */
  readonly name: string;
  /** Says what a value is, as a noun phrase: `list of signed integer`. */
  readonly description: string;
  /** @default "noun" */
  readonly phrase?: Phrase;
  /** Tells whether one definition's value can be of this type; shallow where the type has members. */
  accepts(value: unknown): boolean;
  /** Says why a value that `accepts` refused is refused, where more is known than the description. */
  explain?(value: unknown): string | undefined;
  /** Says what to write instead of a refused value, where that can be said better than by trying. */
  advise?(value: unknown): string | undefined;
  /** Merges one or more unwrapped definitions; problems go to `site`, which then gives NO_VALUE. */
  merge(definitions: readonly Definition[], site: MergeSite): unknown;
  /** Gives the value of an option that nobody defines, where the type has one. */
  empty?(site: MergeSite): unknown;
  /** Merges with another type of the same name when an option is declared twice. */
  combine?(other: OptionType): OptionType | undefined;
  /** Describes accepted values to editors and other tools. */
  jsonSchema(): JsonSchema;
  /** Types of members, by the placeholder that stands for their names, for documentation. */
  readonly members?: readonly { readonly part: string; readonly type: OptionType }[];
  /** Data of the kind, read by `combine` and by whoever knows the kind. */
  readonly payload?: unknown;
  /** True when members of this type are options themselves, so that priorities reach through it. */
  readonly hasFields?: boolean;
  /** True when one accepted value is its own merge result, so that merging can be skipped. */
  readonly plain?: boolean;
}

const MARK: unique symbol = Symbol.for("firn.OptionType") as never;

/**
 * The type of an option.
 *
 * `T` is what reading the option gives; `D` is what a definition may be.
 */
export interface OptionType<out T = unknown, out D = T> extends TypeBehavior {
  readonly [MARK]: true;
  /** Phantom: exists for the compiler only. */
  readonly "~value": T;
  /** Phantom: exists for the compiler only. */
  readonly "~definition": D;
}

/** Makes a type from what it does. */
export function defineType<T, D = T>(behavior: TypeBehavior): OptionType<T, D> {
  // The mark stands first: see `wrap`.
  return Object.freeze({ [MARK]: true, ...behavior }) as unknown as OptionType<T, D>; // Phantoms have no value.
}

/** Tells whether a value is an option type, also one from another copy of this package. */
export function isOptionType(value: unknown): value is OptionType {
  return hasMark(value, MARK);
}

/** Says the description of a type inside another one's, in parentheses where it would be ambiguous. */
export function nestedDescription(type: OptionType): string {
  return (type.phrase ?? "noun") === "noun" ? type.description : `(${type.description})`;
}
