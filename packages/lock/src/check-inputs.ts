import { type InputLimits, parentPath, pathDepth } from "@firn/input";
import type { z } from "zod";
import type { Pin } from "./lockfile.ts";
import type { LockProblem } from "./lock-problem.ts";
import { isInputPath, schemaOfPin } from "./pin-schema.ts";

/** The pins of a lock, with what is wrong with them. */
export interface CheckedInputs {
  readonly inputs: Readonly<Record<string, Pin>>;
  readonly problems: readonly LockProblem[];
}

/** What paths of inputs must be. */
export interface PathRules extends Pick<InputLimits, "depth"> {
  /** Whether an input may be there without its parent. @default false */
  readonly hasOrphans?: boolean;
}

/** Checks every pin of a lock, alone and with those above it. */
export function checkInputs(given: Readonly<Record<string, unknown>>, limits: PathRules): CheckedInputs {
  // Without what every object has: an input may be named "constructor".
  const inputs = Object.create(null) as Record<string, Pin>; // Object.create has no type of its own.
  const problems: LockProblem[] = [];
  for (const [path, value] of Object.entries(given)) {
    const pathProblem = problemOfPath(path, given, limits);
    if (pathProblem !== undefined) problems.push({ at: ["inputs", path], isKey: true, input: path, ...pathProblem });
    const pin = checkPin(path, value);
    if (Array.isArray(pin)) problems.push(...pin);
    else inputs[path] = pin;
  }
  return { inputs, problems };
}

function problemOfPath(
  path: string,
  given: Readonly<Record<string, unknown>>,
  limits: PathRules,
): Pick<LockProblem, "code" | "fact" | "fix"> | undefined {
  if (!isInputPath(path)) return { fact: `"${path}" is no path of an input`, fix: fixOf(path) };
  if (pathDepth(path) > limits.depth) {
    const fact = `The path has ${pathDepth(path)} names, and ${limits.depth} are the most`;
    return { code: "input-too-large", fact, fix: fixOf(path) };
  }
  const parent = parentPath(path);
  if (parent === "" || limits.hasOrphans === true) return undefined;
  if (!Object.hasOwn(given, parent)) return { fact: `The lock has no input "${parent}"`, fix: fixOf(path) };
  const above = given[parent];
  const isFollower = typeof above === "object" && above !== null && "follows" in above;
  return isFollower
    ? { fact: `"${parent}" follows another input and has none of its own`, fix: fixOf(path) }
    : undefined;
}

/** Gives the pin, with its fields in order, or what is wrong with it. */
function checkPin(path: string, value: unknown): Pin | LockProblem[] {
  const at = ["inputs", path];
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [{ at, input: path, fact: "The pin is no object", fix: fixOf(path) }];
  }
  const { success, data, error } = schemaOfPin(value).safeParse(value);
  if (success) return data as Pin; // The schemas allow nothing else.
  return error.issues.flatMap((issue) => describeIssue(issue, value, at));
}

function fixOf(path: string): string {
  return `Remove the entry "${path}", then run: firn lock`;
}

function describeIssue(issue: z.core.$ZodIssue, value: object, at: readonly string[]): LockProblem[] {
  const fields = issue.path.map(String);
  const input = at[1] ?? "";
  const name = fields.length === 0 ? "The pin" : `"${fields.join(".")}"`;
  const common = { at: [...at, ...fields], input, fix: fixOf(input) };
  if (issue.code === "custom") return [{ ...common, fact: `${name} ${issue.message}` }];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      ...common,
      at: [...common.at, key],
      isKey: true,
      fact: `${name} has no field "${key}"`,
    }));
  }
  if (!isThere(value, fields)) return [{ ...common, fact: `${name} is missing` }];
  return [{ ...common, fact: `${name} is not ${describeExpected(issue)}` }];
}

function isThere(value: unknown, fields: readonly string[]): boolean {
  const [first, ...rest] = fields;
  if (first === undefined) return true;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, first)) return false;
  return isThere(Object.entries(value).find(([key]) => key === first)?.[1], rest);
}

function describeExpected(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return issue.values.map(String).join(" or ");
  return issue.code === "invalid_type" && issue.expected === "object" ? "an object" : "a string";
}
