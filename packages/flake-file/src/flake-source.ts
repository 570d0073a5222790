import { type Diagnostic, InternalError, type Mark, type Place } from "@firn/diagnostic";
import { defaultLimits } from "@firn/input";
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  type Scalar,
} from "yaml";
import { findForbiddenToken, type TokenProblem } from "./yaml-tokens.ts";

/** The text of a flake.yaml as YAML, with what is needed to say where something stands. */
export interface FlakeSource {
  readonly text: string;
  readonly document: Document.Parsed<ParsedNode>;
  /** Says where an offset of the text is. */
  placeAt(offset: number): Place;
}

/** A text as YAML, or why it is none. */
export type ParsedSource =
  | { readonly source: FlakeSource; readonly diagnostics: readonly Diagnostic[] }
  | { readonly source?: never; readonly diagnostics: readonly Diagnostic[] };

/**
 * Parses a text as YAML, of which a flake.yaml may use one document of maps,
 * lists and plain values: no anchors, tags or directives, and no key twice.
 * Gives `bad-flake`, or `input-too-large` above one mebibyte.
 */
export function parseSource(text: string, file: string): ParsedSource {
  if (isTooLarge(text)) return { diagnostics: [tooLarge(file)] };
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { position: { file, line, column: col } };
  };
  countLines(text, lines);
  const forbidden = findForbiddenToken(text);
  if (forbidden !== undefined) return { diagnostics: [syntaxDiagnostic(forbidden, placeAt)] };
  const document = parseDocument(text, { uniqueKeys: false, stringKeys: true, prettyErrors: false, logLevel: "error" });
  const [error] = document.errors.toSorted((one, other) => one.pos[0] - other.pos[0]);
  if (error !== undefined) {
    return { diagnostics: [syntaxDiagnostic({ ...describeError(error), offset: error.pos[0] }, placeAt)] };
  }
  return { source: { text, document, placeAt }, diagnostics: checkKeys(document.contents, placeAt) };
}

/** Most texts are so short that their bytes need not be counted. */
function isTooLarge(text: string): boolean {
  const limit = defaultLimits.flakeFileBytes;
  return text.length > limit || (text.length * 3 > limit && new TextEncoder().encode(text).length > limit);
}

function tooLarge(file: string): Diagnostic {
  return {
    code: "input-too-large",
    severity: "error",
    message: "Cannot parse flake.yaml: it is larger than 1 MiB",
    marks: [{ role: "the file", place: { position: { file, line: 1, column: 1 } } }],
    why: [`A flake.yaml has at most ${defaultLimits.flakeFileBytes} bytes`],
  };
}

function countLines(text: string, lines: LineCounter): void {
  lines.addNewLine(0);
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
}

function syntaxDiagnostic({ problem, fix, offset }: TokenProblem, placeAt: FlakeSource["placeAt"]): Diagnostic {
  return {
    code: "bad-flake",
    severity: "error",
    message: `Cannot parse flake.yaml: ${problem}`,
    marks: [{ role: "here", place: placeAt(offset) }],
    ...(fix !== undefined && { fix }),
  };
}

/** What the errors that are met most often mean to someone who does not know the grammar of YAML. */
const wordings: Readonly<Record<string, Pick<TokenProblem, "problem" | "fix">>> = {
  BAD_INDENT: { problem: "the indentation is not that of the lines around it, or a bracket is not closed" },
  BLOCK_AS_IMPLICIT_KEY: {
    problem: 'there is a second ": " in the line, or the line is indented too far',
    fix: "Put the value in quotes",
  },
  MULTIPLE_DOCS: { problem: "a second document starts", fix: 'Remove the line "---"' },
  NON_STRING_KEY: { problem: "a key is not text" },
  RESOURCE_EXHAUSTION: { problem: "it is nested too deeply" },
  TAB_AS_INDENT: { problem: "a tab indents the line", fix: "Indent with spaces" },
};

function describeError({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): Pick<TokenProblem, "problem" | "fix"> {
  const given = `${message.slice(0, 1).toLowerCase()}${message.slice(1, 200)}`.replace(/\.$/, "");
  if (/closing .quote/.test(message)) return { problem: "a quotation mark is not closed" };
  return wordings[code] ?? { problem: given };
}

/** The library can find repeated keys too, but in time that grows with the square of their number. */
function checkKeys(root: Node | null, placeAt: FlakeSource["placeAt"]): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (isSeq(node)) for (const item of node.items) waiting.push(item);
    if (!isMap(node)) continue;
    const seen = new Map<unknown, Node>();
    for (const { key, value } of node.items) {
      waiting.push(value);
      if (isScalar(key)) diagnostics.push(...checkKey(key, seen.get(key.value), placeAt));
      if (isScalar(key) && !seen.has(key.value)) seen.set(key.value, key);
    }
  }
  return diagnostics;
}

function checkKey(key: Scalar, first: Node | undefined, placeAt: FlakeSource["placeAt"]): Diagnostic[] {
  const mark = (role: string, node: Node): Mark => ({ role, place: placeAt(startOf(node)) });
  const name = JSON.stringify(key.value);
  const bad = { code: "bad-flake", severity: "error" } as const;
  if (key.value === "__proto__") {
    return [
      {
        ...bad,
        message: `Cannot use the key ${name}: JavaScript keeps it to itself`,
        marks: [mark("given here", key)],
      },
    ];
  }
  if (first === undefined) return [];
  const marks = [mark("given again here", key), mark("given first here", first)];
  return [{ ...bad, message: `Cannot use the key ${name} twice`, marks }];
}

/** Gives the offset at which a node of a parsed document starts. */
export function startOf(node: Node): number {
  return rangeOf(node)[0];
}

/** Gives the offset behind the last character of a node of a parsed document, comments after it not counted. */
export function endOf(node: Node): number {
  return rangeOf(node)[1];
}

function rangeOf(node: Node): readonly [number, number, number] {
  if (node.range === undefined || node.range === null) throw new InternalError("a parsed node has no range");
  return node.range;
}
