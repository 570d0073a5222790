import { type Diagnostic, nearestNames } from "@firn/diagnostic";
import { isMap, isScalar, stringify } from "yaml";
import { deleteInput } from "./delete-input.ts";
import type { RawInput } from "./flake-schema.ts";
import { type FlakeSource, parseSource, startOf } from "./flake-source.ts";
import { insertInput } from "./insert-input.ts";
import { parseFlake } from "./parse-flake.ts";
import type { RawSource } from "./source-schema.ts";
import { applySplices, type Splice } from "./text-splice.ts";
import { findEntry } from "./yaml-pair.ts";

/** The fields of an input, or of a source of packages, as they are written in flake.yaml. */
export type InputFields = RawInput | RawSource;

/** A flake.yaml after a change, or as it was when a diagnostic says why there is none. */
export interface EditedFlake {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

const file = "flake.yaml";

const groups = ["inputs", "devInputs"] as const;

/** An input that a flake.yaml shall have. */
export interface NewInput {
  readonly name: string;
  readonly fields: InputFields;
  /**
   * The key that it goes below.
   *
   * @default "inputs"
   */
  readonly group?: (typeof groups)[number];
}

/**
 * Adds an input below `inputs` or `devInputs`, behind those that are there; every
 * other character of the text stays, but for `{}` where there was none before.
 *
 * Gives `bad-flake` for a name that is taken, for fields that an input cannot
 * have, and for a text that is not the YAML of a flake.
 */
export function addInput(text: string, { name, fields, group = "inputs" }: NewInput): EditedFlake {
  const { source, diagnostics } = parseSource(text, file);
  if (source === undefined || diagnostics.length > 0) return { text, diagnostics };
  const problems = [...checkShape(source), ...checkTaken(source, name), ...checkFields(name, fields)];
  if (problems.length > 0) return { text, diagnostics: problems };
  const written: unknown = JSON.parse(JSON.stringify(fields)); // Fields that are undefined are not written.
  const before = readGroups(source);
  const expected = { ...before, [group]: { ...before[group], [name]: written } };
  return edit(source, insertInput(source, group, { [name]: written }), expected);
}

/**
 * Removes an input from `inputs` or `devInputs`, with the comment directly
 * above it; every other character of the text stays.
 *
 * Gives `unknown-input` for a name that is in neither, and `bad-flake` for a
 * text that is not the YAML of a flake.
 */
export function removeInput(text: string, name: string): EditedFlake {
  const { source, diagnostics } = parseSource(text, file);
  if (source === undefined || diagnostics.length > 0) return { text, diagnostics };
  const root = source.document.contents;
  const before = readGroups(source);
  for (const group of groups) {
    const parent = findEntry(root, group);
    const pair = findEntry(parent?.value, name);
    if (parent === undefined || pair === undefined || !isMap(parent.value)) continue;
    const { [name]: _removed, ...others } = before[group] ?? {};
    return edit(source, deleteInput(text, { parent, map: parent.value, pair }), { ...before, [group]: others });
  }
  const shape = checkShape(source);
  return { text, diagnostics: shape.length > 0 ? shape : [unknownInput(name, before)] };
}

type Group = Readonly<Record<string, unknown>>;

function readGroups({ document }: FlakeSource): Readonly<Record<string, Group>> {
  return (document.toJS() ?? {}) as Readonly<Record<string, Group>>; // Only the two groups are read, whose shape is checked.
}

/** The new text is parsed and compared, so that no layout, however strange, is damaged. */
function edit({ text }: FlakeSource, splices: readonly Splice[], expected: unknown): EditedFlake {
  const edited = applySplices(text, splices);
  const { source, diagnostics } = parseSource(edited, file);
  const isRight = diagnostics.length === 0 && JSON.stringify(source?.document.toJS()) === JSON.stringify(expected);
  if (isRight) return { text: edited, diagnostics: [] };
  const message = "Cannot edit flake.yaml: its layout leaves no place for the change";
  return { text, diagnostics: [{ ...bad, message, marks: [], fix: "Write the change by hand" }] };
}

const bad = { code: "bad-flake", severity: "error" } as const;

function checkShape({ document, placeAt }: FlakeSource): Diagnostic[] {
  const root = document.contents;
  const values: unknown[] = [root, ...groups.map((group) => findEntry(root, group)?.value)];
  return values
    .filter(
      (value) => value !== undefined && value !== null && !isMap(value) && !(isScalar(value) && value.value === null),
    )
    .map((value) => ({
      ...bad,
      message: "Cannot edit flake.yaml: this is not a map of keys and values",
      marks: [{ role: "given here", place: placeAt(isScalar(value) ? startOf(value) : 0) }],
    }));
}

function checkTaken({ document, placeAt }: FlakeSource, name: string): Diagnostic[] {
  const taken = groups.map((group) => findEntry(findEntry(document.contents, group)?.value, name)?.key);
  return taken.filter(isScalar).map((key) => ({
    ...bad,
    message: `Cannot add input ${JSON.stringify(name)}: there is one of that name`,
    marks: [{ role: "declared here", place: placeAt(startOf(key)) }],
    fix: `Edit it in flake.yaml, or remove it first: firn input remove ${name}`,
  }));
}

/** The places of what is wrong are in a text that nobody sees. */
function checkFields(name: string, fields: InputFields): Diagnostic[] {
  const { diagnostics } = parseFlake(stringify({ inputs: { [name]: fields } }), { file });
  return diagnostics.map((diagnostic) => ({ ...diagnostic, marks: [] }));
}

function unknownInput(name: string, before: Readonly<Record<string, Group>>): Diagnostic {
  const names = groups.flatMap((group) => Object.keys(before[group] ?? {}));
  const near = nearestNames(name, names);
  return {
    code: "unknown-input",
    severity: "error",
    message: `Cannot remove input ${JSON.stringify(name)}: flake.yaml declares none of that name`,
    marks: [],
    ...(near.length > 0 && { why: [`Nearest names: ${near.join(", ")}`], fix: `firn input remove ${near[0] ?? ""}` }),
  };
}
