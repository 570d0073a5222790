import type { Definable } from "@firn/definition";
import { type Define, defineModule, type Module } from "@firn/module-system";
import { type Option, option, type TypeLike } from "@firn/option";

type OneOption<T, D> = { readonly value: Option<T, D> };

/** Makes a module that declares the one option `value`. */
export function declareValue<T, D>(type: TypeLike<T, D>): Module<OneOption<T, D>> {
  // The compiler cannot see that the two ways to write one type are the same while T and D are unknown.
  return defineModule({ name: "declaration", options: { value: option({ type }) } }) as never;
}

const names = ["first", "second", "third", "fourth"];

/** Makes a module that declares the option `value`, and one module for each of its definitions: "first", "second", … */
export function defineValue<T, D>(type: TypeLike<T, D>, ...definitions: Definable<D>[]): Module[] {
  const declaring = declareValue(type);
  return [declaring, ...definitions.map((value, index) => defining(declaring, { value } as never, names[index]))];
}

/** Makes a module that imports another and gives definitions that depend on nothing. */
export function defining<O>(
  declaring: Module<O>,
  definitions: Parameters<Define<NoInfer<O>>>[0],
  name = "definition",
): Module<O> {
  const config = (_given: unknown, define: (definitions: unknown) => void): void => define(definitions);
  // The compiler cannot see that a module that only imports another declares what that one does.
  return defineModule({ name, imports: [declaring], config: config as never }) as never;
}

/** Lets something stand that the compiler refuses, where a case shows that evaluation refuses it too. */
export function untyped(value: unknown): never {
  return value as never;
}

/** Fails when it is called: a value that must not be computed. */
export function unread(): never {
  throw new Error("this value is not to be read");
}
