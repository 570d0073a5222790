import type { Definable, Wrappable } from "@firn/definition";
import type { AnyOption, Option } from "@firn/option";
import type { OptionInfo } from "./option-info.ts";

// Types only: what a module's declarations mean for reading and for defining.
// Option trees are intersected first and mapped afterwards: mapping first would
// multiply the alternatives (value or wrapped value) at every shared level.

// One module after the other: of a module whose options nobody knows the others keep theirs.
type Intersected<M> = (M extends DeclaringModule ? (one: M["~options"]) => void : never) extends (all: infer I) => void
  ? I
  : never;

/** What a module is here: its options. */
interface DeclaringModule {
  readonly "~options": unknown;
}

/** The options that a tuple of modules declares together. */
export type OptionsOfModules<I extends readonly DeclaringModule[]> = [I[number]] extends [never]
  ? unknown
  : Intersected<I[number]>;

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
export type ConfigOf<O, P extends string = ""> = O extends { readonly "~freeform": infer F }
  ? Level<Omit<O, "~freeform">, P>["config"] & F
  : Level<O, P>["config"];

/** What can be known of each option beside its value. */
export type OptionsOf<O> = Level<O, "">["infos"];

/** What can be defined. */
export type Definitions<P extends string, O> = O extends { readonly "~freeform": infer F }
  ? Definable<Level<Omit<O, "~freeform">, P>["fields"] & FreeformFields<F>>
  : Level<O, P>["options"];

type FreeformFields<F> = { readonly [K in keyof F]?: Definable<F[K]> };

type Join<P extends string, K> = K extends string ? (P extends "" ? K : `${P}.${K}`) : never;

/**
 * The types of the options at a path; never a value.
 *
 * In its messages the compiler calls a type what its alias is called, with the
 * parameters of the alias alone: one that is declared in a function of a class
 * has those of the class without showing them. So a level of a thousand options
 * is `Options<"services.nginx">`, and no message shows its declarations.
 */
class Level<O, P extends string> {
  private readonly config = (() => {
    type Config<Path extends string> = {
      readonly [K in keyof O]: O[K] extends { readonly "~value": infer V } ? V : Level<O[K], Join<Path, K>>["config"];
    };
    return undefined as unknown as Config<P>;
  })();

  private readonly options = (() => {
    type Options<Path extends string> = Level<O, Path>["fields"] & Wrappable<Options<Path>>;
    return undefined as unknown as Options<P>;
  })();

  private readonly fields = (() => {
    type Fields<Path extends string> = {
      readonly [K in keyof O]?: O[K] extends { readonly "~definition": infer D }
        ? Definable<D>
        : Level<O[K], Join<Path, K>>["options"];
    };
    return undefined as unknown as Fields<P>;
  })();

  private readonly infos = (() => {
    type OptionInfos<Path extends string> = {
      readonly [K in keyof O]: O[K] extends Option ? OptionInfo : Level<O[K], Join<Path, K>>["infos"];
    };
    return undefined as unknown as OptionInfos<P>;
  })();
}
