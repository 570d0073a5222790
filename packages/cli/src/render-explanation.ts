import { type Place, type RenderOptions, renderPath, renderValue } from "@firn/diagnostic";
import type { Evaluation, ExplainedDefinition, Explanation } from "@firn/module-system";
import type { Paint } from "./terminal.ts";

/** What rendering an explanation needs. */
export interface ExplanationRendering {
  readonly evaluation: Evaluation;
  readonly render: RenderOptions;
  /** How many levels of reads to follow. */
  readonly depth: number;
  readonly paint: Paint;
}

/** Renders where a value comes from as a tree: its definitions, and what each was computed from. */
export function renderExplanation(explanation: Explanation, rendering: ExplanationRendering): string {
  const { paint } = rendering;
  const title = `${paint("bold", renderPath(explanation.path) || "(the whole configuration)")} = ${showValue(explanation.value)}`;
  const lines = [title, ...explanation.declarations.map(({ role, place }) => `  ${role}${at(place, rendering)}`)];
  if (explanation.description !== undefined) lines.push(`  ${paint("dim", explanation.description)}`);
  lines.push(...renderDefinitions(explanation, rendering), ...renderBelow(explanation, rendering));
  return lines.join("\n");
}

function showValue(value: unknown): string {
  return value === undefined ? "(no value)" : renderValue(value);
}

function at(place: Place, { render, paint }: ExplanationRendering): string {
  const found = render.sources?.locate(place);
  if (found === undefined) return place.label === undefined ? "" : paint("dim", `  ${place.label}`);
  const file = render.showFile?.(found.file) ?? found.file;
  return `  ${paint("cyan", `${file}:${found.line}:${found.column}`)}`;
}

function renderDefinitions(explanation: Explanation, rendering: ExplanationRendering): string[] {
  const { definitions, below } = explanation;
  if (definitions.length === 0) return below.length > 0 ? [] : ["", "  Nobody defines it"];
  const winner = definitions.find(({ fate }) => fate === "used");
  const seen = new Set([renderPath(explanation.path)]);
  return ["", ...definitions.flatMap((each) => renderDefinition(each, { winner, seen, rendering }))];
}

interface DefinitionRendering {
  readonly winner: ExplainedDefinition | undefined;
  /** Options explained already, so that none is explained twice. */
  readonly seen: Set<string>;
  readonly rendering: ExplanationRendering;
}

const signs = { used: "✔", overridden: "✘", condition: "–" } as const;

function renderDefinition(definition: ExplainedDefinition, { winner, seen, rendering }: DefinitionRendering): string[] {
  const { paint } = rendering;
  const color = definition.fate === "used" ? "green" : "dim";
  const priority = renderPriority(definition.priority);
  const line = `  ${paint(color, `${signs[definition.fate]} ${showValue(definition.value)}`)}  ${priority}${at(definition.place, rendering)}`;
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

function fateOf({ fate, priority }: ExplainedDefinition, winner: ExplainedDefinition | undefined): string {
  if (fate === "condition") return "  its condition is false";
  if (fate === "used" || winner === undefined) return "";
  return `  loses: ${priority} is weaker than ${winner.priority}`;
}

interface Reading {
  readonly seen: Set<string>;
  readonly rendering: ExplanationRendering;
}

/** Follows what a defining function had read, down to definitions that a person wrote. */
function renderReads(definition: ExplainedDefinition, reading: Reading, depth: number): string[] {
  if (depth === 0 || definition.fate !== "used") return [];
  const { rendering, seen } = reading;
  const pad = "  ".repeat(3 + 2 * (rendering.depth - depth));
  return definition.reads.flatMap(({ path, value, place }) => {
    const name = renderPath(path);
    const line = `${pad}${rendering.paint("dim", "after reading")} ${name} = ${showValue(value)}${at(place, rendering)}`;
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
  const used = rendering.evaluation.explain(path)?.definitions.filter(({ fate }) => fate === "used") ?? [];
  return used.flatMap((each) => [
    `${pad}  ${rendering.paint("green", signs.used)} ${showValue(each.value)}  ${renderPriority(each.priority)}${at(each.place, rendering)}`,
    ...renderReads(each, reading, depth - 1),
  ]);
}

function renderBelow({ below }: Explanation, rendering: ExplanationRendering): string[] {
  const shown = below.flatMap((path) => {
    const explained = rendering.evaluation.explain(path);
    const [first] = explained?.definitions ?? [];
    if (explained === undefined || first === undefined) return [];
    return [`  ${renderPath(path)} = ${showValue(explained.value)}${at(first.place, rendering)}`];
  });
  return shown.length === 0 ? [] : ["", ...shown];
}

/** An explanation as `--json` prints it. */
export function explanationData(explanation: Explanation, rendering: ExplanationRendering): object {
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
