import type { Mark } from "@firn/diagnostic";
import type { JsonSchema, OptionType } from "@firn/option";
import { moduleMark } from "./module-name.ts";
import type { Module } from "./module.ts";
import { type GroupShape, type OptionShape, declareModules, type Shape } from "./shape.ts";
import { listModules } from "./module-list.ts";
import { findSubmodule } from "./submodule-payload.ts";

/** One declared option, for documentation. */
export interface OptionEntry {
  /** Path parts; members of unknown name stand as `<name>` or `*`. */
  readonly path: readonly string[];
  readonly type: string;
  readonly schema: JsonSchema;
  readonly description: string | undefined;
  readonly default: unknown;
  readonly defaultText: string | undefined;
  readonly example: unknown;
  readonly readOnly: boolean;
  readonly internal: boolean;
  readonly visible: boolean;
  readonly declarations: readonly Mark[];
}

/** Lists all options that modules declare, hidden ones too, those of submodules under placeholders. */
export function listOptions(shape: Shape): OptionEntry[] {
  return listShape(shape, { prefix: [], within: new Set() });
}

interface Listing {
  readonly prefix: readonly string[];
  /** The modules being listed, so that one that contains itself is listed once. */
  readonly within: ReadonlySet<Module>;
}

/** Lists the options of a shape, and those of the members that may be undeclared. */
function listShape({ root, freeform }: Shape, listing: Listing): OptionEntry[] {
  return [
    ...listGroup(root, listing),
    ...(freeform === undefined ? [] : listMembers(freeform, listing.prefix, listing)),
  ];
}

function listGroup(group: GroupShape, listing: Listing): OptionEntry[] {
  return [...group.children.values()].flatMap((child) =>
    child.kind === "group"
      ? listGroup(child, listing)
      : [entryOf(child, listing), ...listMembers(child.declared.type, pathOf(child, listing), listing)],
  );
}

function pathOf({ path }: OptionShape, { prefix }: Listing): readonly string[] {
  return [...prefix, ...path];
}

function entryOf(shape: OptionShape, listing: Listing): OptionEntry {
  const { declared, modules } = shape;
  return {
    path: pathOf(shape, listing),
    type: declared.type.description,
    schema: declared.type.jsonSchema(),
    description: declared.description,
    default: declared.default,
    defaultText: declared.defaultText,
    example: declared.example,
    readOnly: declared.readOnly === true,
    internal: declared.internal === true,
    visible: declared.visible !== false,
    declarations: modules.map((module) => moduleMark(module, "declared here", ["options", ...shape.path])),
  };
}

function listMembers(type: OptionType, prefix: readonly string[], listing: Listing): OptionEntry[] {
  const submodule = findSubmodule(type);
  if (submodule !== undefined) return listSubmodule(submodule.modules, prefix, listing);
  return (type.members ?? []).flatMap((member) => listMembers(member.type, [...prefix, member.part], listing));
}

function listSubmodule(modules: readonly Module[], prefix: readonly string[], { within }: Listing): OptionEntry[] {
  if (modules.some((module) => within.has(module))) return [];
  const shape = declareModules(listModules(modules).modules);
  return listShape(shape, { prefix, within: new Set([...within, ...modules]) });
}
