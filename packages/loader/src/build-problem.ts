import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { type Diagnostic, type Mark, similarNames } from "@firn/diagnostic";
import { findInputOfFile } from "@firn/input-tree";
import { builtinImport } from "./impure-import.ts";
import { adviseInput } from "./input-boundary.ts";

/** What the bundler says of a problem, as far as the loader reads it. */
export interface BundlerProblem {
  readonly code?: string | undefined;
  readonly message: string;
  /** The file concerned, absolute or relative to the flake. */
  readonly id?: string | undefined;
  /** The other side: what is imported, as written. */
  readonly exporter?: string | undefined;
  /** Line from 1, column from 0. */
  readonly loc?: { readonly file?: string | undefined; readonly line: number; readonly column: number } | undefined;
}

/** What must be known to explain a problem of the bundler. */
export interface BuildContext {
  readonly root: string;
  /** Names of the modules that host code shares with this process. */
  readonly shared: readonly string[];
}

/** Explains a problem of the bundler in Firn's words. */
export function explainBuildProblem(problem: BundlerProblem, context: BuildContext): Diagnostic {
  switch (problem.code) {
    case "PARSE_ERROR":
    case "JSON_PARSE":
      return syntaxError(problem, context);
    case "UNRESOLVED_IMPORT":
    case "RESOLVE_ERROR":
    case "UNLOADABLE_DEPENDENCY":
      return unresolved(problem, context);
    case "MISSING_EXPORT":
      return missingExport(problem, context);
    case "INVALID_TLA_FORMAT":
      return topLevelAwait(problem, context);
    default:
      return {
        code: "internal",
        severity: "error",
        message: "Cannot bundle the hosts",
        marks: marksOf(problem, context, "here"),
        why: [problem.message],
        cause: problem,
      };
  }
}

function marksOf({ id, loc, message }: BundlerProblem, { root }: BuildContext, role: string): Mark[] {
  const file = loc?.file ?? id;
  if (file === undefined) return [];
  // Problems in JSON say their position in words only.
  const told = /at line (\d+) column (\d+)/.exec(message);
  const line = loc?.line ?? Number(told?.[1] ?? 1);
  const column = loc === undefined ? Number(told?.[2] ?? 1) : loc.column + 1;
  return [{ role, place: { position: { file: resolve(root, file), line, column } } }];
}

/** The first line of the bundler's message, without its code and its drawing. */
function reasonOf({ message }: BundlerProblem): string {
  const [first = ""] = message.split("\n");
  return first.replace(/^\[\w+\] /, "").replace(/\.$/, "");
}

function syntaxError(problem: BundlerProblem, context: BuildContext): Diagnostic {
  return {
    code: "syntax-error",
    severity: "error",
    message: `Cannot parse "${nameOf(problem, context)}": ${reasonOf(problem)}`,
    marks: marksOf(problem, context, reasonOf(problem)),
    fix: "Correct the syntax here or shortly before: often a comma, a bracket or a quote is missing",
  };
}

function nameOf({ id = "a file" }: BundlerProblem, { root }: BuildContext): string {
  return isAbsolute(id) ? relative(root, id) : id;
}

function topLevelAwait(problem: BundlerProblem, context: BuildContext): Diagnostic {
  return {
    code: "top-level-await",
    severity: "error",
    message: `Cannot wait at the top level of "${nameOf(problem, context)}"`,
    marks: marksOf(problem, context, "awaited here"),
    why: ["Evaluation is pure, so there is nothing that could be waited for"],
    fix: "Remove the await, and export the value itself",
  };
}

function missingExport(problem: BundlerProblem, context: BuildContext): Diagnostic {
  const name = /"(.+?)" is not exported/.exec(problem.message)?.[1] ?? "a name";
  const from = problem.exporter === undefined ? "the other file" : relative(context.root, problem.exporter);
  return {
    code: "unresolved-import",
    severity: "error",
    message: `Cannot import "${name}": "${from}" exports no such name`,
    marks: marksOf(problem, context, "imported here"),
    fix: `Correct the name, or export it from "${from}"; for a type, write: import { type ${name} }`,
  };
}

function unresolved(problem: BundlerProblem, context: BuildContext): Diagnostic {
  const importer = resolve(context.root, problem.id ?? ".");
  const specifier = problem.exporter ?? "a file";
  const marks = marksOf(problem, context, "imported here");
  const [mark = { role: "imported here", place: { label: importer } }] = marks;
  if (isBuiltin(specifier)) return builtinImport(specifier, mark);
  return {
    code: "unresolved-import",
    severity: "error",
    message: `Cannot resolve the import "${specifier}"`,
    marks: [mark],
    ...adviceFor(specifier, importer, context),
  };
}

type Advice = Pick<Diagnostic, "why" | "fix">;

function adviceFor(specifier: string, importer: string, { root, shared }: BuildContext): Advice {
  if (specifier.startsWith(".") || isAbsolute(specifier)) return adviceForFile(specifier, importer);
  const packageName = packageNameOf(specifier);
  if (shared.includes(packageName)) {
    return {
      why: [`Host code is given the modules ${shared.map((name) => `"${name}"`).join(", ")}`],
      fix: `Import "${packageName}"`,
    };
  }
  const folder = owningPackage(importer, root);
  if (isInstalled(folder, packageName, root)) {
    return {
      why: [`The "exports" of "${packageName}" do not offer it`],
      fix: `Import "${packageName}", or add the file to its "exports"`,
    };
  }
  const input = findInputOfFile(root, importer);
  if (input !== undefined) {
    const why = [`Neither the input "${input.path}" nor an input of it offers "${packageName}"`];
    return { why, fix: adviseInput(packageName, input) };
  }
  if (declares(folder, packageName))
    return { why: [`"${packageName}" is declared but not installed`], fix: "Run: pnpm install" };
  const manifest = join(folder, "package.json");
  return { fix: `Add "${packageName}": "workspace:*" to the dependencies in ${manifest}, then run: pnpm install` };
}

/** Imports name files exactly, as the editor wants it too. */
function adviceForFile(specifier: string, importer: string): Advice {
  const stem = specifier.replace(/\.[cm]?js$/, "");
  const meant = [`${stem}.ts`, `${stem}/index.ts`].find((path) => existsSync(resolve(dirname(importer), path)));
  const why = [`There is no file "${resolve(dirname(importer), specifier)}"`];
  return { why, fix: meant === undefined ? adviseNeighbor(specifier, importer) : `Write "${meant}"` };
}

function adviseNeighbor(specifier: string, importer: string): string {
  const folder = dirname(resolve(dirname(importer), specifier));
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const near = similarNames(basename(specifier), files).map(
    (file) => `"${specifier.slice(0, -basename(specifier).length)}${file}"`,
  );
  return near.length === 0 ? "Correct the path, or write the file" : `Did you mean ${near.join(" or ")}?`;
}

function packageNameOf(specifier: string): string {
  const [scope = "", name] = specifier.split("/");
  return scope.startsWith("@") && name !== undefined ? `${scope}/${name}` : scope;
}

/** The nearest folder with a package.json, at most the flake's. */
function owningPackage(file: string, root: string): string {
  const folder = dirname(file);
  const isLast = folder === root || !folder.startsWith(root + sep);
  return isLast || existsSync(join(folder, "package.json")) ? folder : owningPackage(folder, root);
}

/** Packages of inputs are linked above the package that imports them. */
function isInstalled(folder: string, packageName: string, root: string): boolean {
  if (existsSync(join(folder, "node_modules", packageName))) return true;
  return folder.startsWith(root + sep) && isInstalled(dirname(folder), packageName, root);
}

function declares(folder: string, packageName: string): boolean {
  try {
    return readFileSync(join(folder, "package.json"), "utf8").includes(JSON.stringify(packageName));
  } catch {
    return false;
  }
}
