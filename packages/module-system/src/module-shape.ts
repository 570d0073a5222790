import type { Definable } from "@firn/definition";
import type { AnyOption, Option } from "@firn/option";
import type { OptionInfo } from "./option-info.ts";

// Types only: what a module's declarations mean for reading and for defining.
// Option trees are intersected first and mapped afterwards: mapping first would
// multiply the alternatives (value or wrapped value) at every shared level.

type UnionToIntersection<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;

/** What a module is here: its options. */
interface DeclaringModule {
  readonly "~options": unknown;
}

/** The options that a tuple of modules declares together. */
export type OptionsOfModules<I extends readonly DeclaringModule[]> = [I[number]] extends [never]
  ? unknown
  : UnionToIntersection<I[number]["~options"]>;

type ArgumentOptions<A> = [keyof A] extends [never]
  ? unknown
  : {
      readonly _module: {
        readonly args: { readonly [K in keyof A]: Option<ValueOfType<A[K]>, DefinitionOfType<A[K]>> };
      };
    };

type Freeform<F> = [F] extends [never] ? unknown : { readonly "~freeform": F };

/** Leaves out options that are none: what the compiler infers of a module without options, also where a module is expected. */
type Known<O> = [keyof O] extends [never] ? unknown : [AnyOption] extends [O[keyof O]] ? unknown : O;

/** The options that a module and its imports declare. */
export type DeclaredBy<I extends readonly DeclaringModule[], O, A, F> = OptionsOfModules<I> &
  Known<O> &
  ArgumentOptions<A> &
  Freeform<F>;

/** What reading a value of a type gives. */
export type ValueOfType<T> = T extends { readonly "~value": infer V }
  ? V
  : T extends { readonly "~standard": { readonly types?: { readonly output: infer V } | undefined } }
    ? V
    : unknown;

/** What a definition of a type may be. */
export type DefinitionOfType<T> = T extends { readonly "~definition": infer D }
  ? D
  : T extends { readonly "~standard": { readonly types?: { readonly input: infer D } | undefined } }
    ? D
    : unknown;

/** The configuration that declarations describe, as read. */
export type ConfigOf<O> = O extends { readonly "~freeform": infer F } ? Fields<Omit<O, "~freeform">> & F : Fields<O>;

type Fields<O> = {
  readonly [K in keyof O]: O[K] extends { readonly "~value": infer V } ? V : Fields<O[K]>;
};

/** What can be known of each option beside its value. */
export type OptionsOf<O> = {
  readonly [K in keyof O]: O[K] extends Option ? OptionInfo : OptionsOf<O[K]>;
};

type Join<P extends string, K> = K extends string ? (P extends "" ? K : `${P}.${K}`) : never;

/**
 * What can be defined at a path. The path is a parameter only so that the
 * compiler prints it first in its messages.
 */
export type Definitions<P extends string, O> = O extends { readonly "~freeform": infer F }
  ? DefinedFields<P, Omit<O, "~freeform">> & FreeformFields<F>
  : DefinedFields<P, O>;

type DefinedFields<P extends string, O> = {
  readonly [K in keyof O]?: O[K] extends { readonly "~definition": infer D }
    ? Definable<D>
    : Definable<DefinedFields<Join<P, K>, O[K]>>;
};

type FreeformFields<F> = { readonly [K in keyof F]?: Definable<F[K]> };
