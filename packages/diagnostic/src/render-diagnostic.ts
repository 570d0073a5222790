import type { Diagnostic, Mark } from "./diagnostic.ts";
import type { Located, Sources } from "./place.ts";
import { renderText } from "./render-text.ts";

/** How to render; everything has a default that suits plain text. */
export interface RenderOptions {
  /** Finds positions and lines; without it only labels and known positions are shown. */
  readonly sources?: Sources;
  /** Turns an absolute file name into the one shown. */
  readonly showFile?: (file: string) => string;
  /** Whether to color with terminal escapes. @default false */
  readonly color?: boolean;
}

/**
 * Renders a diagnostic as four parts, in this order: what, where, why, fix.
 * The line to blame comes first under "where", so that it is on the first screen.
 */
export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions = {}): string {
  const paint = options.color === true ? withColor : withoutColor;
  const tone = diagnostic.severity === "error" ? "red" : "yellow";
  const lines = [
    `${paint(tone, `${diagnostic.severity}[${diagnostic.code}]`)}: ${paint("bold", renderText(diagnostic.message))}`,
  ];
  for (const mark of diagnostic.marks) lines.push(...renderMark(mark, options, paint));
  for (const reason of diagnostic.why ?? []) lines.push(...labelled("why", reason, paint));
  if (diagnostic.fix !== undefined) lines.push(...labelled("fix", diagnostic.fix, paint));
  return lines.join("\n");
}

type Paint = (style: keyof typeof styles, text: string) => string;

const styles = { red: 31, yellow: 33, cyan: 36, bold: 1, dim: 2 } as const;

function withColor(style: keyof typeof styles, text: string): string {
  return `\u001b[${styles[style]}m${text}\u001b[0m`;
}

function withoutColor(_style: keyof typeof styles, text: string): string {
  return text;
}

function labelled(label: string, text: string, paint: Paint): string[] {
  const [first = "", ...rest] = renderText(text).split("\n");
  return [`  ${paint("cyan", `${label}:`)} ${first}`, ...rest.map((line) => `       ${line}`)];
}

function renderMark(mark: Mark, options: RenderOptions, paint: Paint): string[] {
  const role = renderText(mark.role);
  const located = options.sources?.locate(mark.place) ?? locateKnown(mark);
  if (located === undefined)
    return [`  ${paint("dim", "at")} ${renderText(mark.place.label ?? "an unknown place")}: ${role}`];
  const file = renderText(options.showFile?.(located.file) ?? located.file);
  const head = `  ${paint("dim", "at")} ${file}:${located.line}:${located.column}`;
  if (located.lineText === undefined) return [`${head}: ${role}`];
  return [head, ...renderLine(located, located.lineText, { role, paint })];
}

function locateKnown({ place }: Mark): Located | undefined {
  return place.position && { ...place.position, exact: true };
}

const widthLimit = 110;

/** Shows the line with a caret below it; of a long line, the part around the caret. */
function renderLine(at: Located, text: string, { role, paint }: { role: string; paint: Paint }): string[] {
  const number = String(at.line);
  const indent = text.length - text.trimStart().length;
  const start = Math.min(indent, at.column - 1);
  const from = at.column - start > widthLimit ? at.column - 20 : start;
  const shown = text
    .slice(from, from + widthLimit)
    // oxlint-disable-next-line no-control-regex -- That is what is replaced.
    .replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, " ")
    .trimEnd();
  const pad = " ".repeat(Math.max(0, at.column - 1 - from));
  const gutter = paint("dim", "|");
  return [
    `  ${paint("dim", number)} ${gutter} ${shown}`,
    `  ${" ".repeat(number.length)} ${gutter} ${pad}${paint("red", "^")} ${role}`,
  ];
}
