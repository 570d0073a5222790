import { hasMark } from "@firn/diagnostic";
import type { OptionType } from "./option-type.ts";
import { type TypeLike, toOptionType } from "./schema-type.ts";

const MARK: unique symbol = Symbol.for("firn.Option") as never;

/** What is known of a declared option at run time. */
export interface OptionDeclaration {
  readonly type: OptionType;
  readonly default?: unknown;
  readonly defaultText?: string;
  readonly example?: unknown;
  readonly description?: string;
  readonly apply?: (value: never) => unknown;
  readonly internal?: boolean;
  readonly visible?: boolean;
  readonly readOnly?: boolean;
}

/**
 * Any declared option. Knows nothing of its types on purpose: as the type that
 * is expected of a declaration it must not take part in inferring them.
 */
export interface AnyOption {
  readonly [MARK]: true;
}

/** A declared option: `T` is what reading it gives, `D` what a definition may be. */
export interface Option<out T = unknown, out D = T> extends OptionDeclaration, AnyOption {
  /** Phantom: exists for the compiler only. */
  readonly "~value": T;
  /** Phantom: exists for the compiler only. */
  readonly "~definition": D;
}

/** What `option` takes. */
export interface OptionSettings<T, D, A> {
  /** One of `types`, or any zod (Standard Schema) schema. */
  readonly type: TypeLike<T, D>;
  /** Value when nobody defines the option; the weakest definition (priority 1500), replaced by any other. */
  readonly default?: NoInfer<D>;
  /** Says the default in documentation when the value itself would not tell. */
  readonly defaultText?: string;
  /** A value to show in documentation. */
  readonly example?: NoInfer<D>;
  /** One or more sentences for documentation. */
  readonly description?: string;
  /** Maps the merged value once; its result is what readers get, and is not checked. */
  readonly apply?: (value: NoInfer<T>) => A;
  /** Hides the option from documentation because it serves other modules only. @default false */
  readonly internal?: boolean;
  /** Whether documentation shows the option. @default true */
  readonly visible?: boolean;
  /** Allows one definition at the most, the default included. @default false */
  readonly readOnly?: boolean;
}

/**
 * Declares an option.
 *
 * @example
 * ```ts
 * port: option({ type: types.port, default: 80, description: "TCP port it listens on" })
 * ```
 * @see https://nixos.org/manual/nixos/stable/#sec-option-declarations
 */
export function option<T, D, A = T>(settings: OptionSettings<T, D, A>): Option<A, D> {
  // The mark stands first: see `wrap`.
  const declaration = { [MARK]: true, ...settings, type: toOptionType(settings.type) };
  return declaration as unknown as Option<A, D>; // Phantoms have no value.
}

/** Tells whether a value is a declared option, also one from another copy of this package. */
export function isOption(value: unknown): value is Option {
  return hasMark(value, MARK);
}
