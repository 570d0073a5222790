import type { Diagnostic } from "@firn/diagnostic";
import type { InputPath } from "@firn/input";
import { findJsonPlaces, type JsonNode } from "./json-places.ts";

/** A mistake in a lock. */
export interface LockProblem {
  readonly code?: "bad-lock" | "input-too-large";
  /** Keys that lead from the whole to what is wrong; where one is missing, what should have it is shown. */
  readonly at: readonly string[];
  /** Whether the last key is wrong, rather than what it has. */
  readonly isKey?: boolean;
  /** Input whose pin cannot be used; missing when nothing of the lock can. */
  readonly input?: InputPath;
  /** Closure that cannot be used. */
  readonly closure?: string;
  /** A sentence. */
  readonly fact: string;
  readonly fix: string;
}

/** Builds the diagnostics for problems, each at its line and column. */
export function placeProblems(text: string, file: string, problems: readonly LockProblem[]): Diagnostic[] {
  if (problems.length === 0) return [];
  const { root } = findJsonPlaces(text);
  return problems.map((problem) => diagnosticAt(text, { ...problem, file, offset: offsetOf(root, problem) }));
}

/** Builds the diagnostic for a problem whose offset in the text is known. */
export function diagnosticAt(
  text: string,
  problem: Omit<LockProblem, "at"> & { readonly file: string; readonly offset: number },
): Diagnostic {
  const { code = "bad-lock", fact, fix, file, offset } = problem;
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  const column = offset - before.lastIndexOf("\n");
  return {
    code,
    severity: "error",
    message: messageOf(problem),
    marks: [{ role: "in the lock", place: { position: { file, line, column } } }],
    why: [fact],
    fix,
  };
}

function messageOf({
  closure,
  file,
  input,
}: Pick<LockProblem, "closure" | "input"> & { readonly file: string }): string {
  if (closure !== undefined) return `Cannot use the packages of "${closure}"`;
  return input === undefined ? `Cannot read "${nameOf(file)}"` : `Cannot use the pin of "${input}"`;
}

/** Names a file without its folder, which places show. */
export function nameOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

function offsetOf(root: JsonNode | undefined, { at, isKey = false }: LockProblem): number {
  let node = root;
  let offset = node?.offset ?? 0;
  for (const [depth, key] of at.entries()) {
    const member = node?.members.get(key);
    if (member === undefined) return offset;
    offset = isKey && depth === at.length - 1 ? member.offset : member.node.offset;
    node = member.node;
  }
  return offset;
}
