import type { Mark } from "@firn/diagnostic";
import type { Module } from "./module.ts";

/** Names a module for messages. */
export function moduleName(module: Module): string {
  return module.settings.name ?? module.settings.key ?? "a module";
}

/** Names a module within a sentence. */
export function describeModule(module: Module): string {
  const { name = module.settings.key } = module.settings;
  return name === undefined ? "a module" : `the module "${name}"`;
}

/** Marks a place within the object that a module was defined by. */
export function moduleMark(module: Module, role: string, property: readonly string[]): Mark {
  return { role, place: { ...module.place, label: module.place.label ?? moduleName(module), property } };
}
