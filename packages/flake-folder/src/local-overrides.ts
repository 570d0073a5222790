import { join, resolve } from "node:path";
import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";
import type { InputPath } from "@firn/input";
import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { findFile } from "./whole-file.ts";

const schema = z.strictObject({
  inputs: z.record(z.string(), z.strictObject({ path: z.string().min(1) })).default({}),
});

/**
 * Reads flake.local.yaml: folders of this machine that stand in for inputs while
 * somebody works on them. It is for one machine alone, so that git ignores it and
 * the lock never hears of it.
 *
 * @returns absolute folders by path of the input; none without the file
 * @throws DiagnosticError with code bad-flake
 */
export function readLocalOverrides(root: string): ReadonlyMap<InputPath, string> {
  const file = join(root, "flake.local.yaml");
  const text = findFile(file);
  if (text === undefined) return new Map();
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [mistake] = document.errors;
  const placeAt = (offset: number): Diagnostic["marks"] => {
    const { line, col } = lines.linePos(offset);
    return [{ role: "wrong here", place: { position: { file, line: Math.max(1, line), column: Math.max(1, col) } } }];
  };
  if (mistake !== undefined) throw new DiagnosticError([badOverlay(mistake.message, placeAt(mistake.pos[0]))]);
  const parsed = schema.safeParse(document.toJS() ?? {});
  if (parsed.success) {
    return new Map(Object.entries(parsed.data.inputs).map(([path, { path: folder }]) => [path, resolve(root, folder)]));
  }
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String) ?? [];
  // What is missing has no place; what it is missing in does.
  const offsets = path.map((_part, index) => offsetOf(document.getIn(path.slice(0, path.length - index), true)));
  throw new DiagnosticError([
    badOverlay(issue?.message ?? "", placeAt(offsets.find((offset) => offset !== undefined) ?? 0)),
  ]);
}

function offsetOf(node: unknown): number | undefined {
  const { range } = (node ?? {}) as { readonly range?: readonly [number, ...number[]] }; // Nodes of yaml have it, other values do not.
  return range?.[0];
}

function badOverlay(reason: string, marks: Diagnostic["marks"]): Diagnostic {
  return {
    code: "bad-flake",
    severity: "error",
    message: "Cannot read flake.local.yaml",
    marks,
    why: [reason],
    fix: "Write for each input the folder that stands in for it: inputs: { core: { path: ../core } }",
  };
}
