import { type Diagnostic, type Mark, renderValue } from "@firn/diagnostic";
import { isOption, isPlainObject, type PlainObject } from "@firn/option";
import { isModule, type Module } from "./module.ts";
import { describeModule, moduleMark, moduleName } from "./module-name.ts";
import { settingsProblems } from "./settings-problem.ts";

/** One module of the import graph, before anything is left out. */
export interface GraphNode {
  readonly name: string;
  readonly module: Module;
  readonly disabled: boolean;
  readonly imports: readonly GraphNode[];
}

/** The modules of an evaluation in the order of their definitions. */
export interface ModuleList {
  readonly modules: readonly Module[];
  readonly graph: readonly GraphNode[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Lists modules with all they import: imports first, in their order, then the
 * module itself; each module once; those that any module disables left out,
 * with whatever only they import.
 */
export function listModules(roots: readonly unknown[], wantedClass?: string): ModuleList {
  const diagnostics: Diagnostic[] = [];
  const loaded = loadAll(roots, { wantedClass, diagnostics });
  const disabled = disabledIdentities(loaded, diagnostics);
  const enabled = new Map<unknown, Module>();
  const visit = (module: Module): void => {
    if (disabled.has(identityOf(module)) || entered.has(identityOf(module))) return;
    entered.add(identityOf(module));
    for (const imported of importsOf(module).filter(isModule)) visit(imported);
    enabled.set(identityOf(module), module);
  };
  const entered = new Set<unknown>();
  for (const root of roots.filter(isModule)) visit(root);
  return { modules: [...enabled.values()], graph: drawGraph(roots, disabled), diagnostics };
}

function identityOf(module: Module): unknown {
  return module.settings.key ?? module;
}

function importsOf(module: Module): readonly unknown[] {
  const { imports = [] } = module.settings;
  return Array.isArray(imports) ? imports : [];
}

interface Loading {
  readonly wantedClass: string | undefined;
  readonly diagnostics: Diagnostic[];
}

/** Follows all imports, disabled or not, and checks what stands there. */
function loadAll(roots: readonly unknown[], { wantedClass, diagnostics }: Loading): Module[] {
  const loaded = new Set<Module>();
  const visit = (value: unknown, importer: Module | undefined): void => {
    if (!isModule(value)) return void diagnostics.push(notAModule(value, importer));
    if (loaded.has(value)) return;
    loaded.add(value);
    const problem = classProblem(value, wantedClass, importer);
    if (problem !== undefined) diagnostics.push(problem);
    diagnostics.push(...settingsProblems(value));
    for (const imported of importsOf(value)) visit(imported, value);
  };
  for (const root of roots) visit(root, undefined);
  return [...loaded];
}

function notAModule(value: unknown, importer: Module | undefined): Diagnostic {
  return {
    code: "not-a-module",
    severity: "error",
    message: `Cannot import ${describeValue(value)}: it is not a module`,
    marks: importer === undefined ? [] : [moduleMark(importer, "imported here", ["imports"])],
    ...adviceFor(value),
  };
}

function describeValue(value: unknown): string {
  if (isEvaluation(value)) return "the result of an evaluation";
  if (Array.isArray(value)) return "a list";
  const rendered = renderValue(value);
  return /^(a|an|the) |^undefined$/.test(rendered) ? rendered : `the value ${rendered}`;
}

function isEvaluation(value: unknown): boolean {
  return typeof value === "object" && value !== null && "diagnostics" in value && "config" in value;
}

function adviceFor(value: unknown): Pick<Diagnostic, "why" | "fix"> {
  if (value === undefined) {
    return {
      why: ["Two files that import each other see one another before they are finished"],
      fix: "Break the circle of imports, or check the name of the export",
    };
  }
  if (Array.isArray(value)) return { fix: "Spread the list into imports: [...list]" };
  if (isEvaluation(value)) return { fix: "Import the modules that make up the configuration, not its result" };
  if (typeof value === "string") {
    return { fix: `Import the file itself: import name from ${JSON.stringify(value)}, and write imports: [name]` };
  }
  if (typeof value === "function")
    return { fix: `Call the function that makes the module: ${value.name || "name"}(…)` };
  if (value instanceof Promise) return { fix: "Remove async: modules are there before evaluation starts" };
  if (isOption(value)) return { fix: "Declare the option in the options of a module" };
  if (isPlainObject(value)) return adviceForObject(value);
  return { fix: "Import what defineModule(…) returned" };
}

function adviceForObject(value: PlainObject): Pick<Diagnostic, "why" | "fix"> {
  return isModule(value["default"])
    ? { fix: "Import the default export of the file: import name from …, without * as" }
    : { fix: "Wrap the object: defineModule({ … })" };
}

function classProblem(module: Module, wanted: string | undefined, importer?: Module): Diagnostic | undefined {
  const found = module.settings.class;
  if (wanted === undefined || found === undefined || found === wanted) return undefined;
  return {
    code: "module-class-mismatch",
    severity: "error",
    message: `Cannot import ${describeModule(module)} of class "${found}" into a configuration of class "${wanted}"`,
    marks: [
      ...(importer === undefined ? [] : [moduleMark(importer, "imported here", ["imports"])]),
      moduleMark(module, `is of class "${found}"`, ["class"]),
    ],
    fix: `Import a module of class "${wanted}", or one without a class`,
  };
}

function disabledIdentities(loaded: readonly Module[], diagnostics: Diagnostic[]): Set<unknown> {
  const disabled = new Set<unknown>();
  for (const module of loaded) {
    const { disabledModules = [] } = module.settings;
    for (const item of Array.isArray(disabledModules) ? disabledModules : []) {
      if (typeof item === "string") disabled.add(item);
      else if (isModule(item)) disabled.add(identityOf(item));
      else diagnostics.push(cannotDisable(item, module));
    }
  }
  return disabled;
}

function cannotDisable(item: unknown, module: Module): Diagnostic {
  const marks: Mark[] = [moduleMark(module, "disabled here", ["disabledModules"])];
  return {
    code: "cannot-disable-module",
    severity: "error",
    message: `Cannot disable the module ${renderValue(item)}: it is neither a module nor the key of one`,
    marks,
    fix: "Give disabledModules the module itself, or its key",
  };
}

/** Draws each module once: shared imports drawn at every place would grow with the number of ways to them. */
function drawGraph(
  roots: readonly unknown[],
  disabled: ReadonlySet<unknown>,
  drawn: Map<Module, GraphNode> = new Map(),
): GraphNode[] {
  return roots.filter(isModule).map((module) => {
    const known = drawn.get(module);
    if (known !== undefined) return known;
    const imports: GraphNode[] = [];
    const node = { name: moduleName(module), module, disabled: disabled.has(identityOf(module)), imports };
    drawn.set(module, node);
    imports.push(...drawGraph(importsOf(module), disabled, drawn));
    return node;
  });
}
