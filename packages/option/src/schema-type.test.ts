import { mkForce } from "@firn/definition";
import { baseTypes as types, combineTypes, toOptionType } from "@firn/option";
import { expect, test } from "vitest";
import { z } from "zod";
import { mergeAll, problemOf } from "../test/memory-site.ts";
import { observeFacts, type TypeFacts } from "../test/type-facts.ts";

const mail = z.email().describe("mail address");
const site = z.object({ port: z.int().default(80) });
const trimmed = z.string().transform((text) => text.trim());

test.each<TypeFacts>([
  {
    type: mail,
    description: "mail address",
    accepts: ["a@example.org"],
    refuses: ["a", 1],
    schema: expect.objectContaining({ type: "string", format: "email", description: "mail address" }),
  },
  {
    type: site,
    description: "value that satisfies a zod schema",
    accepts: [{}, { port: 1 }],
    refuses: ["a", { port: "80" }],
    schema: expect.objectContaining({ properties: { port: expect.objectContaining({ default: 80 }) } }),
  },
])("$description", (facts) => expect(observeFacts(facts)).toEqual(facts));

test.each([
  ["what the schema makes of it", trimmed, [" a "], { value: "a" }],
  ["what becomes equal", trimmed, ["a", " a"], { value: "a" }],
  ["what stays different", trimmed, ["a", "b"], { problems: ["conflicting-definitions it"] }],
  ["defaults within", site, [{}], { value: { port: 80 } }],
  ["the strongest", trimmed, ["a", mkForce("b")], { value: "b" }],
  ["what it refuses", mail, ["a"], { problems: ["type-mismatch it"] }],
  ["schemas as members", types.listOf(trimmed), [[" a"], ["b "]], { value: ["a", "b"] }],
])("schemas merge: %s", (_, type, values, merged) => expect(mergeAll(type, ...values)).toEqual(merged));

test("a schema says where and why it refuses", () => {
  expect(problemOf(site, { port: "80" })?.why?.[0]).toMatch(/^port: .*expected number/);
});

test.each([
  ["asynchronous", z.string().refine(async () => true)],
  ["broken", z.string().refine(() => JSON.parse("{"))],
])("a schema that is %s refuses with that reason", (_, schema) => {
  expect(problemOf(schema, "a")?.why?.[0]).toMatch(/^The schema is asynchronous, or its own code throws/);
});

test("a schema is the same type wherever it is given", () => {
  expect(toOptionType(mail)).toBe(toOptionType(mail));
  expect(combineTypes(toOptionType(mail), toOptionType(mail))).toBe(toOptionType(mail));
  expect(combineTypes(toOptionType(mail), toOptionType(z.email()))).toBeUndefined();
});

test("a schema that has no JSON form allows anything there", () => {
  expect(toOptionType(z.date()).jsonSchema()).toEqual({});
});
