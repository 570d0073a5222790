import { type Definition, placeOf } from "@firn/definition";
import { defineType, isPlainObject, NO_VALUE, type OptionType, takeChecked } from "@firn/option";
import { isModule, makeModule, type Module } from "./module.ts";

/**
 * A module as a value: several definitions become one module that imports them
 * all, and nothing of it is evaluated before a submodule is defined by it.
 *
 * A definition is a module, or a set of options as `define` takes it.
 */
export const deferredModule: OptionType<Module, Module | { readonly [name: string]: unknown }> = defineType({
  name: "deferredModule",
  description: "module",
  accepts: (value) => isModule(value) || isPlainObject(value),
  merge(definitions, site) {
    const winning = takeChecked(deferredModule, definitions, site);
    if (winning === NO_VALUE) return NO_VALUE;
    return makeModule({ name: "deferred module", imports: winning.map((each) => toModule(each, site.path)) }, {});
  },
  empty: () => makeModule({ name: "deferred module" }, {}),
  combine: () => deferredModule,
  jsonSchema: () => ({ type: "object" }),
});

function toModule(definition: Definition, path: readonly string[]): Module {
  const { value, origin } = definition;
  if (isModule(value)) return value;
  const config = (_args: unknown, define: (definitions: unknown) => void): void => define(value);
  return makeModule({ name: origin.module, config }, placeOf(origin, path));
}
