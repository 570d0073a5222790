import { type Place, type RenderOptions, renderPath, renderText } from "@firn/diagnostic";
import type { ShownDefinition, ShownExplanation, ShownValue } from "@firn/sandbox";
import type { Paint } from "./terminal.ts";

/** What rendering an explanation needs. */
export interface ExplanationRendering {
  /** Those of all that is mentioned. */
  readonly explanations: readonly ShownExplanation[];
  readonly render: RenderOptions;
  /** How many levels of reads to follow. */
  readonly depth: number;
  readonly paint: Paint;
}

/** Renders where a value comes from as a tree: its definitions, and what each was computed from. */
export function renderExplanation(explanation: ShownExplanation, rendering: ExplanationRendering): string {
  const { paint } = rendering;
  const title = `${paint("bold", renderText(renderPath(explanation.path)) || "(the whole configuration)")} = ${showValue(explanation)}`;
  const lines = [
    title,
    ...explanation.declarations.map(({ role, place }) => `  ${renderText(role)}${at(place, rendering)}`),
  ];
  if (explanation.description !== undefined) lines.push(`  ${paint("dim", renderText(explanation.description))}`);
  lines.push(...renderDefinitions(explanation, rendering), ...renderBelow(explanation, rendering));
  return lines.join("\n");
}

function findExplanation(
  path: readonly string[],
  { explanations }: ExplanationRendering,
): ShownExplanation | undefined {
  const name = renderPath(path);
  return explanations.find((each) => renderPath(each.path) === name);
}

function showValue({ shown }: ShownValue): string {
  return shown === undefined ? "(no value)" : renderText(shown);
}

function at(place: Place, { render, paint }: ExplanationRendering): string {
  const found = render.sources?.locate(place);
  if (found === undefined) return place.label === undefined ? "" : paint("dim", `  ${renderText(place.label)}`);
  const file = render.showFile?.(found.file) ?? found.file;
  return `  ${paint("cyan", `${file}:${found.line}:${found.column}`)}`;
}

function renderDefinitions(explanation: ShownExplanation, rendering: ExplanationRendering): string[] {
  const { definitions, below } = explanation;
  if (definitions.length === 0) return below.length > 0 ? [] : ["", "  Nobody defines it"];
  const winner = definitions.find(({ fate }) => fate === "used");
  const seen = new Set([renderPath(explanation.path)]);
  return ["", ...definitions.flatMap((each) => renderDefinition(each, { winner, seen, rendering }))];
}

interface DefinitionRendering {
  readonly winner: ShownDefinition | undefined;
  /** Options explained already, so that none is explained twice. */
  readonly seen: Set<string>;
  readonly rendering: ExplanationRendering;
}

const signs = { used: "✔", overridden: "✘", condition: "–" } as const;

function renderDefinition(definition: ShownDefinition, { winner, seen, rendering }: DefinitionRendering): string[] {
  const { paint } = rendering;
  const color = definition.fate === "used" ? "green" : "dim";
  const priority = renderPriority(definition.priority);
  const line = `  ${paint(color, `${signs[definition.fate]} ${showValue(definition)}`)}  ${priority}${at(definition.place, rendering)}`;
  return [`${line}${fateOf(definition, winner)}`, ...renderReads(definition, { seen, rendering }, rendering.depth)];
}

const named: { readonly [priority: number]: string } = {
  50: "mkForce",
  100: "plain",
  1000: "mkDefault",
  1500: "default",
};

function renderPriority(priority: number): string {
  const name = named[priority];
  return name === undefined ? `priority ${priority}` : `${name} (${priority})`;
}

function fateOf({ fate, priority }: ShownDefinition, winner: ShownDefinition | undefined): string {
  if (fate === "condition") return "  its condition is false";
  if (fate === "used" || winner === undefined) return "";
  return `  loses: ${priority} is weaker than ${winner.priority}`;
}

interface Reading {
  readonly seen: Set<string>;
  readonly rendering: ExplanationRendering;
}

/** Follows what a defining function had read, down to definitions that a person wrote. */
function renderReads(definition: ShownDefinition, reading: Reading, depth: number): string[] {
  if (depth === 0 || definition.fate !== "used") return [];
  const { rendering, seen } = reading;
  const pad = "  ".repeat(3 + 2 * (rendering.depth - depth));
  return definition.reads.flatMap((read) => {
    const { path, place } = read;
    const name = renderPath(path);
    const line = `${pad}${rendering.paint("dim", "after reading")} ${renderText(name)} = ${showValue(read)}${at(place, rendering)}`;
    if (seen.has(name)) return [line];
    seen.add(name);
    return [line, ...renderSources(path, { pad, depth, reading })];
  });
}

function renderSources(
  path: readonly string[],
  { pad, depth, reading }: { pad: string; depth: number; reading: Reading },
): string[] {
  const { rendering } = reading;
  const used = findExplanation(path, rendering)?.definitions.filter(({ fate }) => fate === "used") ?? [];
  return used.flatMap((each) => [
    `${pad}  ${rendering.paint("green", signs.used)} ${showValue(each)}  ${renderPriority(each.priority)}${at(each.place, rendering)}`,
    ...renderReads(each, reading, depth - 1),
  ]);
}

function renderBelow({ below }: ShownExplanation, rendering: ExplanationRendering): string[] {
  const shown = below.flatMap((path) => {
    const explained = findExplanation(path, rendering);
    const [first] = explained?.definitions ?? [];
    if (explained === undefined || first === undefined) return [];
    return [`  ${renderText(renderPath(path))} = ${showValue(explained)}${at(first.place, rendering)}`];
  });
  return shown.length === 0 ? [] : ["", ...shown];
}

/** An explanation as `--json` prints it. */
export function explanationData(explanation: ShownExplanation, rendering: ExplanationRendering): object {
  const { path, type, description, value, declarations, definitions, below } = explanation;
  return {
    path,
    type,
    description,
    value,
    declarations: declarations.map(({ place }) => positionData(place, rendering)),
    definitions: definitions.map(({ place, reads, ...rest }) => ({
      ...rest,
      ...positionData(place, rendering),
      reads: reads.map((read) => ({ path: read.path, value: read.value, ...positionData(read.place, rendering) })),
    })),
    below,
  };
}

function positionData(place: Place, { render }: ExplanationRendering): object {
  const found = render.sources?.locate(place);
  if (found === undefined) return { file: place.label };
  return { file: render.showFile?.(found.file) ?? found.file, line: found.line, column: found.column };
}
