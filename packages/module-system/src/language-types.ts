import { type BaseTypes, baseTypes } from "@firn/option";
import { deferredModule } from "./deferred-module.ts";
import { submodule } from "./submodule.ts";

/** All option types. */
export interface LanguageTypes extends BaseTypes {
  readonly submodule: typeof submodule;
  readonly deferredModule: typeof deferredModule;
}

/** All option types: those of `@firn/option` and the two that are made of modules. */
export const types: LanguageTypes = { ...baseTypes, submodule, deferredModule };
