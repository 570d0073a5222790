import { capturePlace } from "@firn/diagnostic";
import type { Definition } from "@firn/definition";
import { defineType, isPlainObject, type JsonSchema, type OptionType } from "@firn/option";
import {
  type AnySettings,
  type ArgumentTypes,
  isModule,
  makeModule,
  type Module,
  type ModuleSettings,
  type OptionTree,
} from "./module.ts";
import type { ConfigOf, DeclaredBy, Definitions } from "./module-shape.ts";
import { schemaOfModules } from "./module-schema.ts";
import type { SubmodulePayload } from "./submodule-payload.ts";

/** What `submodule` takes beside the module. */
export interface SubmoduleSettings {
  /** Values of the arguments that the modules ask for. */
  readonly args?: { readonly [name: string]: unknown };
  /** Replaces "submodule" in the description of the type. */
  readonly description?: string;
}

/**
 * A set of options of its own at each place where it stands: with its options,
 * config, imports, and the name it stands under.
 *
 * A definition is a set of these options, or a module that is added.
 */
export function submodule<
  const I extends readonly Module[] = readonly [],
  O extends OptionTree = Record<never, never>,
  A extends ArgumentTypes = Record<never, never>,
  F = never,
>(
  module: ModuleSettings<I, O, A, F>,
  settings?: SubmoduleSettings,
): OptionType<
  ConfigOf<DeclaredBy<I, O, A, F>, "submodule">,
  Definitions<"submodule", DeclaredBy<I, O, A, F>> | Module
> {
  const made = isModule(module) ? module : makeModule(module as AnySettings, { capture: capturePlace(submodule) });
  return submoduleOf([made], settings) as never; // Phantoms have no value.
}

/** Makes a submodule type of modules. */
export function submoduleOf(modules: readonly Module[], settings: SubmoduleSettings = {}): OptionType {
  const [kind] = modules.flatMap((module) => module.settings.class ?? []);
  const payload: SubmodulePayload = {
    modules,
    class: kind,
    args: settings.args ?? {},
    extend: (module) => submoduleOf([...modules, module], settings),
  };
  return defineType({
    name: "submodule",
    description: settings.description ?? describe(modules),
    accepts: (value) => isPlainObject(value) || isModule(value),
    merge: (definitions: readonly Definition[], site) => site.instantiate(payload, definitions),
    empty: (site) => site.instantiate(payload, []),
    combine: (other) => combineSubmodules(payload, other.payload as SubmodulePayload, settings),
    jsonSchema: (): JsonSchema => schemaOfModules(modules),
    payload,
    hasFields: true,
  });
}

function describe(modules: readonly Module[]): string {
  const freeform = modules.find((module) => module.settings.freeform !== undefined)?.settings.freeform;
  return freeform === undefined ? "submodule" : `open submodule of ${freeform.description}`;
}

function combineSubmodules(
  mine: SubmodulePayload,
  theirs: SubmodulePayload,
  settings: SubmoduleSettings,
): OptionType | undefined {
  if (mine.class !== undefined && theirs.class !== undefined && mine.class !== theirs.class) return undefined;
  const args = { ...mine.args, ...theirs.args };
  return submoduleOf([...mine.modules, ...theirs.modules], { ...settings, args });
}
