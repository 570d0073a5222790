import { type Diagnostic, isDiagnosticError, type Place } from "@firn/diagnostic";
import { type Definition, type Origin, orders, priorities } from "@firn/definition";
import {
  isOption,
  isOptionType,
  isPlainObject,
  declareAgain,
  option,
  type Option,
  type OptionType,
  toOptionType,
} from "@firn/option";
import { alreadyDeclared, notAnOption, optionBelowOption } from "./declaration-problems.ts";
import { findForward, type Forward } from "./forwarding.ts";
import { makeModule, type Module } from "./module.ts";
import { moduleMark, moduleName } from "./module-name.ts";
import { findSubmodule } from "./submodule-payload.ts";

/** One declared option, all its declarations merged. */
export interface OptionShape {
  readonly kind: "option";
  /** Path below the evaluated modules. */
  readonly path: readonly string[];
  readonly declared: Option;
  /** The modules that declare it. */
  readonly modules: readonly Module[];
  /** The default as a definition, if there is one. */
  readonly defaults: readonly Definition[];
  readonly forward: Forward | undefined;
}

/** A set of options. */
export interface GroupShape {
  readonly kind: "group";
  readonly path: readonly string[];
  readonly children: Map<string, OptionShape | GroupShape>;
}

/** All that a list of modules declares. */
export interface Shape {
  readonly modules: readonly Module[];
  readonly root: GroupShape;
  /** How many options there are. */
  readonly size: number;
  /** Type of undeclared names, if they are allowed. */
  readonly freeform: OptionType | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Merges the declarations of modules, in their order. */
export function declareModules(modules: readonly Module[]): Shape {
  const diagnostics: Diagnostic[] = [];
  const root = newGroup([]);
  for (const module of modules) {
    const declaring = { module, diagnostics };
    if (module.settings.options !== undefined) declareTree(root, module.settings.options, declaring);
    if (module.settings.args !== undefined) declareArguments(root, module.settings.args, declaring);
  }
  return { modules, root, size: countOptions(root), freeform: mergeFreeform(modules, diagnostics), diagnostics };
}

function countOptions(group: GroupShape): number {
  return [...group.children.values()].reduce(
    (sum, child) => sum + (child.kind === "group" ? countOptions(child) : 1),
    0,
  );
}

interface Declaring {
  readonly module: Module;
  readonly diagnostics: Diagnostic[];
}

function newGroup(path: readonly string[]): GroupShape {
  return { kind: "group", path, children: new Map() };
}

function declareArguments(root: GroupShape, args: Record<string, unknown>, declaring: Declaring): void {
  const declared = Object.entries(args).flatMap(([name, type]) => {
    const found = typeAt(["args", name], type, declaring);
    return found === undefined ? [] : [[name, option({ type: found, internal: true })]];
  });
  declareTree(root, { _module: { args: Object.fromEntries(declared) } }, declaring);
}

/** Takes what a module gives as a type outside of its options; reports what is none. */
function typeAt(
  property: readonly string[],
  type: unknown,
  { module, diagnostics }: Declaring,
): OptionType | undefined {
  try {
    return toOptionType(type as OptionType); // It throws for anything else.
  } catch (thrown) {
    if (!isDiagnosticError(thrown)) throw thrown;
    const marks = [moduleMark(module, "used here", property)];
    diagnostics.push(...thrown.diagnostics.map((problem) => ({ ...problem, marks })));
    return undefined;
  }
}

function declareTree(group: GroupShape, tree: unknown, declaring: Declaring): void {
  if (!isPlainObject(tree)) return void declaring.diagnostics.push(notAnOption(group.path, tree, declaring.module));
  for (const [name, value] of Object.entries(tree)) {
    const path = [...group.path, name];
    if (isOption(value)) declareOption(group, { name, path, declared: value }, declaring);
    else if (isPlainObject(value) && !isOptionType(value["type"]))
      declareGroup(group, { name, path, tree: value }, declaring);
    else declaring.diagnostics.push(notAnOption(path, value, declaring.module));
  }
}

function declareGroup(
  group: GroupShape,
  { name, path, tree }: { name: string; path: readonly string[]; tree: object },
  declaring: Declaring,
): void {
  const known = group.children.get(name);
  if (known?.kind === "option") return declareBelow(group, { name, known, tree }, declaring);
  const child = known ?? newGroup(path);
  group.children.set(name, child);
  declareTree(child, tree, declaring);
}

/** Declares options below an option: they join its submodule, or it is a mistake. */
function declareBelow(
  group: GroupShape,
  { name, known, tree }: { name: string; known: OptionShape; tree: object },
  declaring: Declaring,
): void {
  const submodule = findSubmodule(known.declared.type);
  if (submodule === undefined) {
    declaring.diagnostics.push(optionBelowOption(known, declaring.module));
    return;
  }
  const type = submodule.extend(moduleOfOptions(tree, declaring.module, known.path));
  const modules = [...known.modules, declaring.module];
  group.children.set(name, { ...known, declared: { ...known.declared, type }, modules });
}

function declareOption(
  group: GroupShape,
  { name, path, declared }: { name: string; path: readonly string[]; declared: Option },
  declaring: Declaring,
): void {
  const known = group.children.get(name);
  const shape = shapeOption(path, declared, [declaring.module]);
  if (known === undefined) group.children.set(name, shape);
  else if (known.kind === "option") group.children.set(name, mergeOptions(known, shape, declaring));
  else declareAbove(group, { name, known, shape }, declaring);
}

function shapeOption(path: readonly string[], declared: Option, modules: readonly Module[]): OptionShape {
  const [module] = modules;
  const defaults = module === undefined ? [] : defaultOf(path, declared, module);
  return { kind: "option", path, declared, modules, defaults, forward: findForward(declared) };
}

function defaultOf(path: readonly string[], declared: Option, module: Module): readonly Definition[] {
  if (declared.default === undefined) return [];
  const origin = new DefaultOrigin(module, path);
  return [{ value: declared.default, priority: priorities.optionDefault, order: orders.plain, origin }];
}

/** Where a default stands. There is one for each option, so that the place is made only when asked for. */
class DefaultOrigin implements Origin {
  readonly module: string;
  readonly depth: number = Number.POSITIVE_INFINITY;
  readonly #declaring: Module;
  readonly #path: readonly string[];

  constructor(declaring: Module, path: readonly string[]) {
    this.module = moduleName(declaring);
    this.#declaring = declaring;
    this.#path = path;
  }

  get place(): Place {
    return moduleMark(this.#declaring, "", ["options", ...this.#path, "default"]).place;
  }
}

function mergeOptions(known: OptionShape, added: OptionShape, { diagnostics }: Declaring): OptionShape {
  const merged = declareAgain(known.declared, added.declared);
  const modules = [...known.modules, ...added.modules];
  if (typeof merged === "string") {
    diagnostics.push(alreadyDeclared(known, merged, modules));
    return known;
  }
  const defaults = known.defaults.length > 0 ? known.defaults : added.defaults;
  return { ...known, declared: merged, modules, defaults };
}

/** Declares an option where options below it are declared already. */
function declareAbove(
  group: GroupShape,
  { name, known, shape }: { name: string; known: GroupShape; shape: OptionShape },
  declaring: Declaring,
): void {
  const first = firstModuleBelow(known) ?? declaring.module;
  const submodule = findSubmodule(shape.declared.type);
  if (submodule === undefined) {
    declaring.diagnostics.push(optionBelowOption(shape, first));
    return;
  }
  const type = submodule.extend(moduleOfOptions(treeOf(known), first, known.path));
  group.children.set(name, { ...shape, declared: { ...shape.declared, type }, modules: [first, ...shape.modules] });
}

/** Makes a module of options that stand below a submodule's, so that they can join it. */
function moduleOfOptions(options: object, declaring: Module, path: readonly string[]): Module {
  const { place } = moduleMark(declaring, "", ["options", ...path]);
  return makeModule({ name: moduleName(declaring), options }, place);
}

function treeOf(group: GroupShape): object {
  return Object.fromEntries(
    [...group.children].map(([name, child]) => [name, child.kind === "option" ? child.declared : treeOf(child)]),
  );
}

function firstModuleBelow(group: GroupShape): Module | undefined {
  for (const child of group.children.values()) {
    const found = child.kind === "option" ? child.modules[0] : firstModuleBelow(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function mergeFreeform(modules: readonly Module[], diagnostics: Diagnostic[]): OptionType | undefined {
  let merged: Option | undefined;
  const declaring: Module[] = [];
  for (const module of modules.filter(({ settings }) => settings.freeform !== undefined)) {
    const type = typeAt(["freeform"], module.settings.freeform, { module, diagnostics });
    if (type === undefined) continue;
    const next = option({ type });
    const both = merged === undefined ? next : declareAgain(merged, next);
    declaring.push(module);
    if (typeof both !== "string") merged = both;
    else diagnostics.push(alreadyDeclared({ path: ["freeform"], property: ["freeform"] }, both, declaring));
  }
  return merged?.type;
}
