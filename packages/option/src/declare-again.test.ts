import { baseTypes as types, declareAgain, option } from "@firn/option";
import { expect, test } from "vitest";

const plain = { type: types.int };

// Two declarations, and what they are together.
test.each([
  ["types that combine", plain, { type: types.port }, { type: { description: types.port.description } }],
  ["a default of one", plain, { ...plain, default: 1 }, { default: 1 }],
  [
    "a description of one, a default of the other",
    { ...plain, description: "A" },
    { ...plain, default: 1 },
    { description: "A", default: 1 },
  ],
  ["one that is read-only", plain, { ...plain, readOnly: true }, { readOnly: true }],
  ["one that is internal", { ...plain, internal: true }, { ...plain, internal: false }, { internal: true }],
  ["one that is hidden", { ...plain, visible: true }, { ...plain, visible: false }, { visible: false }],
])("declareAgain keeps what is strictest: %s", (_, first, second, merged) => {
  expect(declareAgain(option(first as never), option(second as never))).toMatchObject(merged);
  expect(declareAgain(option(second as never), option(first as never))).toMatchObject(merged);
});

test.each([
  ["default", 1],
  ["defaultText", "one"],
  ["example", 1],
  ["description", "A"],
  ["apply", (value: number) => value],
])("declareAgain refuses a second %s", (field, value) => {
  const declared = option({ ...plain, [field]: value } as never);
  expect(declareAgain(declared, declared)).toBe(`Both declarations give "${field}", which can be given once only`);
});

test("declareAgain refuses types that do not combine", () => {
  expect(declareAgain(option(plain), option({ type: types.str }))).toBe(
    'The types "signed integer" and "string" cannot be merged',
  );
});
