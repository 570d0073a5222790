import type { Diagnostic, Mark } from "@firn/diagnostic";
import type { HostEntry } from "./host-entry.ts";
import { childrenOf, loadParser, type SyntaxNode } from "./source-parser.ts";
import { findText, placeAt } from "./text-position.ts";

/** What became of loading a host, as the process that ran it says. */
export type HostOutcome =
  | { readonly kind: "module" }
  /** Its code threw diagnostics. */
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] }
  /** Its code threw something else: an Error with a stack, or any value. */
  | { readonly kind: "threw"; readonly what: string; readonly stack?: string }
  | { readonly kind: "no-default"; readonly exported: readonly string[] }
  /** Its default export is something else, described in words. */
  | { readonly kind: "not-a-module"; readonly described: string };

/**
 * Explains why a host gave no module; nothing when it gave one.
 *
 * Codes: `host-threw`, `no-default-export`, `not-a-module`, and those that its
 * code threw itself.
 */
export async function explainOutcome(host: HostEntry, outcome: HostOutcome): Promise<readonly Diagnostic[]> {
  switch (outcome.kind) {
    case "module":
      return [];
    case "refused":
      return outcome.diagnostics;
    case "threw":
      return [hostThrew(host, outcome)];
    case "no-default":
      return [await noDefaultExport(host, outcome.exported)];
    case "not-a-module":
      return [await notAModule(host, outcome.described)];
  }
}

/** Explains what the code of a host threw while it was loaded. */
function hostThrew({ name, entry }: HostEntry, { what, stack }: { what: string; stack?: string }): Diagnostic {
  return {
    code: "host-threw",
    severity: "error",
    message: `Cannot load the host "${name}": its code threw an exception`,
    marks: [{ role: "thrown here", place: { label: entry, ...(stack !== undefined && { capture: { stack } }) } }],
    why: [what, ...hintFor(what)],
    fix: "Mend the code: it runs when the host is loaded, before evaluation",
  };
}

function hintFor(what: string): string[] {
  const [, missing] = /^TypeError: \(0 , require\(\.\.\.\)\.(\w+)\) is not a function$/.exec(what) ?? [];
  if (missing !== undefined)
    return [`"${missing}" is imported, but the module that it is imported from exports no such name`];
  const isEarly = /before initialization/.test(what);
  return isEarly ? ["Two files that import each other see one another before they are finished"] : [];
}

/** Explains that a host has no default export. */
async function noDefaultExport({ name, entry }: HostEntry, exported: readonly string[]): Promise<Diagnostic> {
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
async function notAModule({ name, entry }: HostEntry, described: string): Promise<Diagnostic> {
  return {
    code: "not-a-module",
    severity: "error",
    message: `Cannot load the host "${name}": its default export is not a module`,
    marks: [await markEntry(entry, "exported here")],
    why: [`The default export is ${described}`],
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
