import type { OptionType } from "@firn/option";
import type { Module } from "./module.ts";

/** What a submodule type is made of. */
export interface SubmodulePayload {
  readonly modules: readonly Module[];
  readonly class: string | undefined;
  /** Values of the arguments that the modules ask for. */
  readonly args: { readonly [name: string]: unknown };
  /** Makes the type with one more module. */
  readonly extend: (module: Module) => OptionType;
}

/** Finds what a type is made of, if it is a submodule. */
export function findSubmodule(type: OptionType): SubmodulePayload | undefined {
  return type.name === "submodule" ? (type.payload as SubmodulePayload) : undefined;
}
