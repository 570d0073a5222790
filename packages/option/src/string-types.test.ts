import { mkAfter, mkBefore, mkForce } from "@firn/definition";
import { baseTypes as types, combineTypes } from "@firn/option";
import { expect, test } from "vitest";
import { mergeAll, problemOf } from "../test/memory-site.ts";
import { observeFacts, type TypeFacts } from "../test/type-facts.ts";

const stringSchema = { type: "string" };

test.each<TypeFacts>([
  {
    type: types.str,
    description: "string",
    accepts: ["", "a\nb"],
    refuses: [1, null, undefined, ["a"], new String("a")],
    schema: stringSchema,
  },
  {
    type: types.nonEmptyStr,
    description: "non-empty string",
    accepts: ["a", " a "],
    refuses: ["", "  ", "\n", 1],
    schema: { ...stringSchema, pattern: String.raw`\S` },
  },
  {
    type: types.singleLineStr,
    description: "single-line string",
    accepts: ["", "a b"],
    refuses: ["a\n", "a\rb"],
    schema: { ...stringSchema, pattern: String.raw`^[^\r\n]*$` },
  },
  {
    type: types.lines,
    description: "strings concatenated with a newline",
    accepts: ["", "a\nb"],
    refuses: [1, ["a"]],
    schema: stringSchema,
  },
  {
    type: types.commas,
    description: 'strings concatenated with ","',
    accepts: ["a,b"],
    refuses: [1],
    schema: stringSchema,
  },
  {
    type: types.envVar,
    description: 'strings concatenated with ":"',
    accepts: ["/bin"],
    refuses: [1],
    schema: stringSchema,
  },
  {
    type: types.separatedString('"'),
    description: String.raw`strings concatenated with "\""`,
    accepts: ["a"],
    refuses: [1],
    schema: stringSchema,
  },
  {
    type: types.path,
    description: "absolute path",
    accepts: ["/", "/srv/www", "/a b"],
    refuses: ["", "srv", "./srv", "~/srv", "/a\0b", 1],
    schema: { ...stringSchema, pattern: String.raw`^(?=/)[^\0]+$` },
  },
  {
    type: types.pathWith({ absolute: false }),
    description: "relative path",
    accepts: ["srv", "./srv", "../srv"],
    refuses: ["", "/srv", "a\0b"],
    schema: { ...stringSchema, pattern: String.raw`^(?!/)[^\0]+$` },
  },
  {
    type: types.pathWith(),
    description: "path",
    accepts: ["srv", "/srv"],
    refuses: ["", "a\0b", 1],
    schema: { ...stringSchema, pattern: String.raw`^[^\0]+$` },
  },
])("$description", (facts) => expect(observeFacts(facts)).toEqual(facts));

// The pattern, texts that it matches as a whole, texts that it does not, and what JSON Schema can say of it.
test.each([
  [/a|b+/, ["a", "bb"], ["ab", "xa", "a\n", ""], { type: "string", pattern: "^(?:a|b+)$" }],
  [/a/g, ["a"], ["aa"], { type: "string", pattern: "^(?:a)$" }],
  [/é{2}/u, ["éé"], ["é"], { type: "string", pattern: "^(?:é{2})$" }],
  [/a/i, ["a", "A"], ["b"], { type: "string" }],
  [/a/m, ["a"], ["a\nb", "b\na"], { type: "string" }],
  [/^a$/m, ["a"], ["a\nb"], { type: "string" }],
  [/a.b/s, ["a\nb"], ["ab"], { type: "string" }],
])("strMatching matches %s as a whole", (pattern, accepts, refuses, schema) => {
  const type = types.strMatching(pattern);
  const facts = { type, description: `string matching the pattern ${pattern.source}`, accepts, refuses, schema };
  expect(observeFacts(facts)).toEqual({ ...facts, ...(!("pattern" in schema) && { unsaid: refuses }) });
  // A pattern that goes on from where it was would take it every other time.
  expect(accepts.every((text) => type.accepts(text))).toBe(true);
});

test.each([
  ["equal texts", types.str, ["a", "a"], { value: "a" }],
  ["different texts", types.str, ["a", "b"], { problems: ["conflicting-definitions it"] }],
  ["lines", types.lines, ["a", "b"], { value: "a\nb" }],
  ["lines in their order", types.lines, [mkAfter("c"), "b", mkBefore("a")], { value: "a\nb\nc" }],
  ["the strongest lines", types.lines, ["a", mkForce("b"), mkForce("c")], { value: "b\nc" }],
  ["one line alone, as it is", types.commas, ["a,"], { value: "a," }],
  ["no text among lines", types.lines, ["a", ["b"]], { problems: ["type-mismatch it"] }],
])("texts merge: %s", (_, type, values, merged) => expect(mergeAll(type, ...values)).toEqual(merged));

test("a path that lacks its slash is explained", () => {
  expect(problemOf(types.path, "srv/www")).toMatchObject({
    why: ['An absolute path starts with "/"'],
    fix: 'Write "/srv/www"',
  });
});

test.each([
  ["str with itself", types.str, types.str, "string"],
  ["str with lines", types.str, types.lines, undefined],
  ["lines with commas", types.lines, types.commas, undefined],
  ["lines with the same separator", types.lines, types.separatedString("\n"), types.lines.description],
  ["str with nonEmptyStr", types.str, types.nonEmptyStr, "non-empty string"],
  [
    "two patterns",
    types.strMatching(/a/),
    types.strMatching(/b/),
    "string matching the pattern a and string matching the pattern b",
  ],
  ["the same pattern", types.strMatching(/a/), types.strMatching(/a/), "string matching the pattern a"],
  ["absolute with relative", types.path, types.pathWith({ absolute: false }), undefined],
  ["absolute with absolute", types.path, types.pathWith({ absolute: true }), "absolute path"],
])("two declarations combine: %s", (_, a, b, description) => {
  expect(combineTypes(a, b)?.description).toBe(description);
});
