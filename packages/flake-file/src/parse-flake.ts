import type { Diagnostic } from "@firn/diagnostic";
import type { FlakeManifest } from "@firn/input";
import { isMap } from "yaml";
import { flakeKeys, flakeSchema, type RawFlake } from "./flake-schema.ts";
import { type FlakeSource, parseSource } from "./flake-source.ts";
import { declareInputs, declareNone } from "./input-declaration.ts";
import { findNode, issueDiagnostics } from "./issue-diagnostic.ts";
import { declareSources } from "./source-declaration.ts";
import { declareShells } from "./shell-declaration.ts";
import type { RawSources } from "./source-schema.ts";
import { checkSources, noSources, splitSources } from "./split-sources.ts";

/** What a text is parsed as. */
export interface ParseFlakeOptions {
  /** Name of the file in positions. */
  readonly file: string;
  /** What the flake is here; in that of an input, which a newer Firn may have written, unknown top-level keys are ignored. @default "root" */
  readonly role?: "root" | "input";
}

/** A flake.yaml, and what is wrong with it. */
export interface ParsedFlake {
  /** What the text says; that of an empty flake when a diagnostic is an error. */
  readonly manifest: FlakeManifest;
  readonly diagnostics: readonly Diagnostic[];
}

/** A thousand problems help no more than these, and hostile texts can have a million. */
const diagnosticLimit = 50;

/**
 * Parses the text of a flake.yaml and checks all of it, every problem at its
 * line and column, in their order.
 *
 * Gives `bad-flake`, or `input-too-large` for a text above one mebibyte.
 */
export function parseFlake(text: string, { file, role = "root" }: ParseFlakeOptions): ParsedFlake {
  const { source, diagnostics } = parseSource(text, file);
  if (source === undefined || diagnostics.length > 0) return failed(diagnostics);
  const value: unknown = source.document.toJS() ?? {};
  const { others, sources, misplaced } = splitSources(value);
  const result = flakeSchema.safeParse(role === "input" ? withoutUnknownKeys(others) : others);
  // Whoever uses a flake says where packages come from; a newer Firn may have written this one.
  const found = role === "input" ? noSources : checkSources(sources);
  const issues = [...(result.error?.issues ?? []), ...(role === "input" ? [] : misplaced), ...found.issues];
  if (result.data !== undefined && issues.length === 0) {
    return { manifest: declareFlake(result.data, { source, sources: found.sources }), diagnostics: [] };
  }
  return failed(issues.slice(0, diagnosticLimit).flatMap((issue) => issueDiagnostics(issue, source)));
}

function failed(diagnostics: readonly Diagnostic[]): ParsedFlake {
  const ordered = diagnostics.toSorted((one, other) => {
    const [at, otherAt] = [one, other].map(({ marks }) => marks[0]?.place.position);
    return (at?.line ?? 0) - (otherAt?.line ?? 0) || (at?.column ?? 0) - (otherAt?.column ?? 0);
  });
  return { manifest: declareFlake({}, {}), diagnostics: ordered.slice(0, diagnosticLimit) };
}

/** For those who work on a flake, not for those who use it. */
const onlyOfRoot = new Set(["caches", "shells"]);

function withoutUnknownKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !onlyOfRoot.has(key) && flakeKeys.includes(key)));
}

function declareFlake(
  raw: RawFlake,
  { source, sources = {} }: { readonly source?: FlakeSource; readonly sources?: RawSources },
): FlakeManifest {
  const declareAll = (field: "inputs" | "devInputs"): FlakeManifest["inputs"] => {
    const { value } = findNode(source?.document.contents ?? null, [field]);
    return source !== undefined && isMap(value) ? declareInputs(raw[field] ?? {}, value, source) : declareNone();
  };
  return {
    ...(raw.name !== undefined && { name: raw.name }),
    ...(raw.description !== undefined && { description: raw.description }),
    transports: [...new Set(raw.transports ?? (["https", "ssh"] as const))],
    inputs: declareAll("inputs"),
    sources: declareSources(sources, source),
    caches: raw.caches ?? [],
    shells: declareShells(raw.shells ?? {}, source),
    devInputs: declareAll("devInputs"),
    retracted: raw.retracted ?? [],
  };
}
