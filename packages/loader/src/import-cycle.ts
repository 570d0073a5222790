import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import type { Diagnostic } from "@firn/diagnostic";
import { childrenOf, isNode, type ParseSource, type SyntaxNode } from "./source-parser.ts";
import type { ReadSource } from "./source-reader.ts";
import { placeAt } from "./text-position.ts";

/** What is known of the import graph after a build. */
export interface ImportGraph {
  /** Circles of imports as lists of files, each importing the next. */
  readonly cycles: readonly (readonly string[])[];
  /** All files in the order in which their code runs. */
  readonly order: readonly string[];
  readonly sources: ReadonlyMap<string, ReadSource>;
  readonly parse: ParseSource;
}

/**
 * Finds the places where a circle of imports hurts: code that runs while its
 * file is loaded and uses an import from a file that is loaded only afterwards.
 * Circles whose imports are used later, inside functions, are left alone.
 */
export function findUnfinishedImports(graph: ImportGraph): Diagnostic[] {
  const rank = new Map(graph.order.map((file, index) => [file, index]));
  const rankOf = (file: string): number => rank.get(file) ?? 0;
  const problems = graph.cycles.flatMap((cycle) =>
    cycle.slice(0, -1).flatMap((importer, index) => {
      const imported = cycle[index + 1] ?? importer;
      return rankOf(imported) > rankOf(importer) ? findUses({ graph, cycle, importer, imported }) : [];
    }),
  );
  // One import can lie on several circles.
  return [...new Map(problems.map((problem) => [JSON.stringify(problem.marks[0]), problem])).values()];
}

interface BackwardImport {
  readonly graph: ImportGraph;
  readonly cycle: readonly string[];
  readonly importer: string;
  readonly imported: string;
}

function findUses({ graph, cycle, importer, imported }: BackwardImport): Diagnostic[] {
  const text = graph.sources.get(importer)?.text ?? "";
  const { program } = graph.parse(importer, text);
  const declaration = childrenOf(program).find(
    (node) => node.type === "ImportDeclaration" && importsFile(node, importer, imported),
  );
  const names = new Set((declaration === undefined ? [] : childrenOf(declaration)).flatMap(localName));
  const use = childrenOf(program)
    .map((node) => findUse(node, names))
    .find((found) => found !== undefined);
  if (declaration === undefined || use === undefined) return [];
  const name = text.slice(use.start, use.end);
  return [
    {
      code: "unresolved-import",
      severity: "error",
      message: `Cannot use "${name}" here: the file it comes from is not loaded yet`,
      marks: [
        { role: "used here", place: placeAt(importer, text, use.start) },
        { role: "imported here", place: placeAt(importer, text, declaration.start) },
      ],
      why: [`The imports form a circle: ${cycle.map((file) => `"${file}"`).join(" imports ")}`],
      fix: "Break the circle: move what both files need into a third, or use the import inside a function",
    },
  ];
}

/** Tells whether an import declaration means a file; packages are told by the name in their manifest. */
function importsFile(declaration: SyntaxNode, importer: string, imported: string): boolean {
  const specifier = isNode(declaration["source"]) ? String(declaration["source"]["value"]) : "";
  if (specifier.startsWith(".")) return resolve(dirname(importer), specifier) === imported;
  return (
    packageNameAbove(imported) ===
    specifier
      .split("/")
      .slice(0, specifier.startsWith("@") ? 2 : 1)
      .join("/")
  );
}

function packageNameAbove(file: string): string | undefined {
  for (let folder = dirname(file); folder !== sep; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (!existsSync(manifest)) continue;
    const json: unknown = JSON.parse(readFileSync(manifest, "utf8"));
    return (json as { name?: string }).name; // A package that was imported by name has one.
  }
  return undefined;
}

function localName(specifier: SyntaxNode): string[] {
  const local = specifier["local"];
  return isNode(local) ? [String(local["name"])] : [];
}

const deferred =
  /^(Import|Export(All|Specifier)|FunctionDeclaration|FunctionExpression|ArrowFunction|MethodDefinition|TS(Type|Interface|Enum))/;

/** Finds an identifier that is read as soon as the file is loaded. */
function findUse(node: SyntaxNode, names: ReadonlySet<string>): SyntaxNode | undefined {
  if (deferred.test(node.type)) return undefined;
  if (node.type === "Identifier") return names.has(String(node["name"])) ? node : undefined;
  const label = node["computed"] === true ? undefined : (node["property"] ?? node["key"]);
  for (const child of childrenOf(node)) {
    // The shorthand `{ name }` holds the same node as key and as value.
    const use = child === label && node["shorthand"] !== true ? undefined : findUse(child, names);
    if (use !== undefined) return use;
  }
  return undefined;
}
