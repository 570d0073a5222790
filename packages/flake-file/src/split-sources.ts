import type { z } from "zod";
import type { IssueAdvice } from "./schema-parts.ts";
import { type RawSources, sourcesSchema } from "./source-schema.ts";

type Issue = z.core.$ZodIssue;

type Fields = Readonly<Record<string, unknown>>;

/** A flake.yaml, its sources of packages apart from all else. */
export interface SplitFlake {
  readonly others: unknown;
  /** What stands below `inputs` and has the field `apt`. */
  readonly sources: Fields;
  /** Sources that stand where none can. */
  readonly misplaced: readonly Issue[];
}

/** Sources that were checked, and what is wrong with them. */
export interface CheckedSources {
  readonly sources: RawSources;
  readonly issues: readonly Issue[];
}

/** What comes of no sources. */
export const noSources: CheckedSources = { sources: {}, issues: [] };

/** Takes the sources out of a flake.yaml, so that what is said of inputs is not said of them. */
export function splitSources(value: unknown): SplitFlake {
  if (!isFields(value)) return { others: value, sources: {}, misplaced: [] };
  const [inputs, devInputs] = [split(value["inputs"]), split(value["devInputs"])];
  const others = {
    ...value,
    ...(Object.hasOwn(value, "inputs") && { inputs: inputs.others }),
    ...(Object.hasOwn(value, "devInputs") && { devInputs: devInputs.others }),
  };
  const isTaken = (name: string): boolean => Object.hasOwn(inputs.sources, name);
  const twice = isFields(devInputs.others) ? Object.keys(devInputs.others).filter(isTaken) : [];
  const misplaced = [
    ...Object.keys(devInputs.sources).map((name) => issueOf(name, 'it is a source of packages, which "inputs" has')),
    ...twice.map((name) => issueOf(name, 'it is in "inputs" too')),
  ];
  return { others, sources: inputs.sources, misplaced };
}

function split(group: unknown): { readonly others: unknown; readonly sources: Fields } {
  if (!isFields(group)) return { others: group, sources: {} };
  const isSource = ([, entry]: [string, unknown]): boolean => isFields(entry) && Object.hasOwn(entry, "apt");
  const entries = Object.entries(group);
  const sources = entries.filter(isSource);
  const others = sources.length === 0 ? group : Object.fromEntries(entries.filter((entry) => !isSource(entry)));
  return { others, sources: Object.fromEntries(sources) };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function issueOf(name: string, message: string): Issue {
  const params: IssueAdvice = { atKey: true };
  return { code: "custom", message, path: ["devInputs", name], params: { ...params }, input: undefined };
}

/** Checks every source, and finds all that is wrong. */
export function checkSources(given: Fields): CheckedSources {
  const { data, error } = sourcesSchema.safeParse(given);
  if (data !== undefined) return { sources: data, issues: [] };
  return { sources: {}, issues: error.issues.map((issue) => ({ ...issue, path: ["inputs", ...issue.path] })) };
}
