import type { JsonSchema } from "@firn/option";
import type { Module } from "./module.ts";
import { listModules } from "./module-list.ts";
import { declareModules, type GroupShape, type Shape } from "./shape.ts";

/** Gives the JSON Schema of what can be defined of modules' options. */
export function schemaOfModules(modules: readonly Module[]): JsonSchema {
  return schemaOfShape(declareModules(listModules(modules).modules));
}

function schemaOfShape({ root, freeform }: Shape): JsonSchema {
  const schema = schemaOfGroup(root);
  return freeform === undefined
    ? schema
    : { ...schema, additionalProperties: freeform.jsonSchema()["additionalProperties"] ?? true };
}

function schemaOfGroup(group: GroupShape): JsonSchema {
  const properties = [...group.children].flatMap(([name, child]) => {
    if (child.kind === "group") return name === "_module" ? [] : [[name, schemaOfGroup(child)] as const];
    if (child.declared.internal === true) return [];
    const { description, default: value, type } = child.declared;
    return [
      [
        name,
        { ...type.jsonSchema(), ...(description && { description }), ...(isJson(value) && { default: value }) },
      ] as const,
    ];
  });
  return { type: "object", properties: Object.fromEntries(properties), additionalProperties: false };
}

function isJson(value: unknown): boolean {
  return value !== undefined && typeof value !== "function";
}
