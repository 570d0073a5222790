import {
  isInputName,
  isObjectId,
  normalizeRequirement,
  parseSourceUrl,
  problemOfRefName,
  type Requirement,
} from "@firn/input";
import { parse, validRange } from "semver";
import { z } from "zod";

/** Makes a string whose mistake is the end of a sentence that starts with its name. */
function stringThat(problemOf: (text: string) => string | undefined): z.ZodString {
  return z.string().check(({ value, issues }) => {
    const message = problemOf(value);
    if (message !== undefined) issues.push({ code: "custom", input: value, message });
  });
}

/** Tells whether a text is the path of an input, not of the root. */
export function isInputPath(text: string): boolean {
  return text.split("/").every(isInputName);
}

const objectId = stringThat((text) => (isObjectId(text) ? undefined : "is no id of an object of git"));

const inputPath = (root: string): z.ZodString =>
  stringThat((text) => (text === root || isInputPath(text) ? undefined : "is no path of an input"));

const integrity = stringThat((text) =>
  /^sha256-[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(text)
    ? undefined
    : 'is not "sha256-" and the base64 of 32 bytes',
);

const version = stringThat((text) => (/^\d\S*$/.test(text) && parse(text) !== null ? undefined : "is no version"));

const address = stringThat((text) => {
  const { problem } = { problem: undefined, ...parseSourceUrl(text) };
  return problem === undefined ? undefined : `is no address of a repository: ${problem}`;
});

const range = stringThat((text) => (validRange(text) === null ? "is no range of versions" : undefined));

const refName = stringThat((text) => {
  const problem = problemOfRefName(text);
  return problem === undefined ? undefined : `is no name of a branch or tag: ${problem}`;
});

const tagPrefix = stringThat((text) => {
  const problem = problemOfRefName(`${text}1.0.0`);
  return problem === undefined ? undefined : `cannot start the name of a tag: ${problem}`;
});

// oxlint-disable-next-line no-control-regex -- That is what is refused.
const isPlainPath = (text: string): boolean => !/[\u0000-\u001f\u007f\\]/.test(text);

const folder = stringThat((text) =>
  isPlainPath(text) && !text.split("/").some((part) => ["", ".", ".."].includes(part))
    ? undefined
    : "is no folder of a repository: names with slashes between them",
);

const relativePath = stringThat((text) =>
  isPlainPath(text) && /^\.\.?\//.test(text) ? undefined : 'is no path that starts with "./" or "../"',
);

const gitWant = z
  .strictObject({
    git: address,
    semver: range.optional(),
    ref: refName.optional(),
    rev: objectId.optional(),
    dir: folder.optional(),
    tagPrefix: tagPrefix.optional(),
    submodules: z.literal(true).optional(),
    flake: z.literal(false).optional(),
  })
  .check(({ value, issues }) => {
    const message = problemOfWant(value);
    if (message !== undefined) issues.push({ code: "custom", input: value, message });
  });

function problemOfWant(want: object): string | undefined {
  const selectors = ["semver", "ref", "rev"].filter((field) => field in want);
  if (selectors.length > 1)
    return `has ${selectors.map((field) => `"${field}"`).join(" and ")}, of which one is enough`;
  const requirement = want as Requirement; // The fields have been checked one by one.
  const isNormal = Object.keys(normalizeRequirement(requirement)).length === Object.keys(want).length;
  return isNormal ? undefined : "has a field that says nothing";
}

const overriddenBy = inputPath(".").optional();

const gitPin = z
  .strictObject({
    want: gitWant,
    version: version.optional(),
    tag: refName.optional(),
    tagObject: objectId.nullable().optional(),
    commit: objectId,
    tree: objectId,
    integrity,
    overriddenBy,
  })
  .check(({ value, issues }) => {
    const there = ["version", "tag", "tagObject"].filter((field) => field in value);
    if (there.length % 3 === 0) return;
    const message = `has ${there.map((field) => `"${field}"`).join(" and ")}, but not all of version, tag and tagObject`;
    issues.push({ code: "custom", input: value, message });
  });

const pathPin = z.strictObject({
  want: z.strictObject({ path: relativePath, flake: z.literal(false).optional() }),
  overriddenBy,
});

const followsPin = z.strictObject({ follows: inputPath(""), overriddenBy });

/** Chooses what a pin must look like by the one field that tells its kind. */
export function schemaOfPin(pin: object): z.ZodType {
  if ("follows" in pin) return followsPin;
  const { want } = { want: undefined, ...pin };
  const isPath = typeof want === "object" && want !== null && "path" in want && !("git" in want);
  return isPath ? pathPin : gitPin;
}
