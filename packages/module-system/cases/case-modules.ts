import type { Definable } from "@firn/definition";
import { type Define, defineModule, type Module } from "@firn/module-system";
import { type Option, option, type TypeLike } from "@firn/option";

/** What a definition of a type or schema may be. */
type DefinitionOf<L> = L extends { readonly "~definition": infer D }
  ? D
  : L extends { readonly "~standard": { readonly types?: { readonly input: infer D } | undefined } }
    ? D
    : unknown;

/** Makes a module that declares the one option `value`. */
export function declareValue<T, D>(type: TypeLike<T, D>): Module<{ readonly value: Option<T, D> }> {
  // The compiler cannot see that the two ways to write one type are the same while T and D are unknown.
  return defineModule({ name: "declaration", options: { value: option({ type }) } }) as never;
}

const names = ["first", "second", "third", "fourth"];

/**
 * Takes definitions of the option `value`, and makes a module that declares it and one for each of them: "first", "second", …
 *
 * In two calls, so that the compiler knows the type before it comes to the definitions.
 */
export function defineValue<L extends TypeLike>(type: L): (...definitions: Definable<DefinitionOf<L>>[]) => Module[] {
  const declaring: Module = declareValue(type);
  return (...definitions) => [
    declaring,
    ...definitions.map((value, index) => defining(declaring)(untyped({ value }), names[index])),
  ];
}

/** Takes definitions that depend on nothing, and makes a module of them that imports the one that declares the options. */
export function defining<M extends Module>(
  declaring: M,
): (definitions: Parameters<Define<M["~options"]>>[0], name?: string) => M {
  return (definitions, name = "definition") => {
    const config = (_given: unknown, define: (definitions: unknown) => void): void => define(definitions);
    // The compiler cannot see that a module that only imports another declares what that one does.
    return defineModule({ name, imports: [declaring], config: untyped(config) }) as never;
  };
}

/** Lets something stand that the compiler refuses, where a case shows that evaluation refuses it too. */
export function untyped(value: unknown): never {
  return value as never;
}

/** Fails when it is called: a value that must not be computed. */
export function unread(): never {
  throw new Error("this value is not to be read");
}
