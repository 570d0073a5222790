import { type Diagnostic, isDiagnosticError, type Mark, renderValue } from "@firn/diagnostic";
import type { HostEntry } from "./host-entry.ts";
import { childrenOf, loadParser, type SyntaxNode } from "./source-parser.ts";
import { findText, placeAt } from "./text-position.ts";

/** Explains what the code of a host threw while it was loaded. */
export function hostThrew({ name, entry }: HostEntry, thrown: unknown): readonly Diagnostic[] {
  if (isDiagnosticError(thrown)) return thrown.diagnostics;
  const isError = thrown instanceof Error;
  const what = isError ? `${thrown.name}: ${thrown.message}` : `It threw ${renderValue(thrown)}, which is not an Error`;
  return [
    {
      code: "host-threw",
      severity: "error",
      message: `Cannot load the host "${name}": its code threw an exception`,
      marks: [{ role: "thrown here", place: { label: entry, ...(isError && { capture: thrown }) } }],
      why: [what, ...hintFor(what)],
      fix: "Mend the code: it runs when the host is loaded, before evaluation",
      cause: thrown,
    },
  ];
}

function hintFor(what: string): string[] {
  const [, missing] = /^TypeError: \(0 , require\(\.\.\.\)\.(\w+)\) is not a function$/.exec(what) ?? [];
  if (missing !== undefined)
    return [`"${missing}" is imported, but the module that it is imported from exports no such name`];
  const isEarly = /before initialization/.test(what);
  return isEarly ? ["Two files that import each other see one another before they are finished"] : [];
}

/** Explains that a host has no default export. */
export async function noDefaultExport({ name, entry }: HostEntry, exported: readonly string[]): Promise<Diagnostic> {
  const named = exported.filter((other) => other !== "default").map((other) => `"${other}"`);
  return {
    code: "no-default-export",
    severity: "error",
    message: `Cannot load the host "${name}": its entry has no default export`,
    marks: [await markEntry(entry, "should export the host")],
    why: [named.length === 0 ? "It exports nothing" : `It exports only ${named.join(", ")}`],
    fix: "Write: export default defineModule({ … })",
  };
}

/** Explains that a host's default export is something else than a module. */
export async function notAModule({ name, entry }: HostEntry, value: unknown): Promise<Diagnostic> {
  const kind = typeof value === "function" ? "a function" : Array.isArray(value) ? "a list" : `of type ${typeof value}`;
  return {
    code: "not-a-module",
    severity: "error",
    message: `Cannot load the host "${name}": its default export is not a module`,
    marks: [await markEntry(entry, "exported here")],
    why: [`The default export is ${value === null ? "null" : kind}`],
    fix: "Write: export default defineModule({ … })",
  };
}

/** Marks the default export in an entry, or its start when there is none. */
async function markEntry(entry: string, role: string): Promise<Mark> {
  const text = findText(entry) ?? "";
  const parse = await loadParser();
  const found = childrenOf(parse(entry, text).program).find(exportsDefault);
  return { role, place: placeAt(entry, text, found?.start ?? 0) };
}

function exportsDefault(node: SyntaxNode): boolean {
  if (node.type === "ExportDefaultDeclaration") return true;
  if (node.type !== "ExportNamedDeclaration") return false;
  return childrenOf(node).some(({ exported }) => (exported as { name?: unknown } | undefined)?.name === "default"); // Of specifiers.
}
