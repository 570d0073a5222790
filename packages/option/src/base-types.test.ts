import { readdirSync, readFileSync } from "node:fs";
import { baseTypes, isOptionType, option } from "@firn/option";
import { expect, test } from "vitest";

const { str, int } = baseTypes;

/** A type of each kind that takes others or values. */
const made = {
  ints: baseTypes.ints.u8,
  strMatching: baseTypes.strMatching(/a/),
  separatedString: baseTypes.separatedString(" "),
  pathWith: baseTypes.pathWith(),
  enum: baseTypes.enum(["a"]),
  listOf: baseTypes.listOf(str),
  nonEmptyListOf: baseTypes.nonEmptyListOf(str),
  attrsOf: baseTypes.attrsOf(str),
  attrListOf: baseTypes.attrListOf(str),
  attrTag: baseTypes.attrTag({ a: option({ type: str }) }),
  nullOr: baseTypes.nullOr(str),
  either: baseTypes.either(str, int),
  oneOf: baseTypes.oneOf([str, int]),
  coercedTo: baseTypes.coercedTo(str, Number, int),
  unique: baseTypes.unique(str),
  rawOf: baseTypes.rawOf<string>(),
  functionTo: baseTypes.functionTo(str),
  addCheck: baseTypes.addCheck(str, () => true, "any string"),
  recursive: baseTypes.recursive("any", () => str),
};
const kinds = Object.entries({ ...baseTypes, ...made });

test.each(kinds)("%s answers for itself", (_, type) => {
  expect(isOptionType(type)).toBe(true);
  if (!isOptionType(type)) return;
  expect(type.description).toMatch(/^\S.*[^.]$/);
  expect(JSON.parse(JSON.stringify(type.jsonSchema()))).toEqual(type.jsonSchema());
  expect(type.combine?.(type)).not.toBe(null);
});

test("every type is in the tests of its file", () => {
  const tests = readdirSync(import.meta.dirname).filter(
    (name) => name.endsWith(".test.ts") && name !== "base-types.test.ts",
  );
  const text = tests.map((name) => readFileSync(`${import.meta.dirname}/${name}`, "utf8")).join("");
  const untested = Object.keys(baseTypes).filter(
    (name) => !new RegExp(`types\\.${name}\\b|\\{ ${name} \\} = types`).test(text),
  );
  expect(untested).toEqual([]);
});
