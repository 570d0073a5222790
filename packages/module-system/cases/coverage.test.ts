import { diagnosticCodes } from "@firn/diagnostic";
import { expect, test } from "vitest";
import { allCases } from "./all-cases.ts";
import { checks } from "./checks.ts";
import { differences } from "./differences.ts";
import { isErrorCase, type TestCase } from "./test-case.ts";

const cases = Object.values(allCases).flat();
const applicable = checks.filter(([, , applies]) => applies !== "no").map(([number]) => number);
const held = new Set(cases.flatMap(({ check = [] }) => check));
const shown = new Set(cases.flatMap(({ differs = [] }) => differs));
const different = new Set(differences.map(({ check }) => check));

test("Every check that applies is held by a case or is a difference, and none is both", () => {
  const lost = applicable.filter((number) => !held.has(number) && !different.has(number));
  const both = applicable.filter((number) => held.has(number) && different.has(number));
  expect({ lost, both }).toEqual({ lost: [], both: [] });
});

test("Cases and differences name only checks that apply, each difference once", () => {
  const named = [...held, ...shown, ...different];
  expect(named.filter((number) => !applicable.includes(number))).toEqual([]);
  expect(differences).toHaveLength(different.size);
});

test("Every difference is shown by a case, and nothing else is called one", () => {
  expect([...shown].toSorted()).toEqual([...different].toSorted());
});

test("A case that holds an error as it is expects one", () => {
  const errors = new Set(
    checks.filter(([, kind, applies]) => kind === "error" && applies === "yes").map(([number]) => number),
  );
  const lenient = cases.filter(({ check = [] }) => [check].flat().some((number) => errors.has(number)));
  expect(lenient.filter((each) => !isErrorCase(each)).map(({ title }) => title)).toEqual([]);
});

test("A case that holds an output expects none", () => {
  const outputs = new Set(checks.filter(([, kind]) => kind === "output").map(([number]) => number));
  const strict = cases.filter(({ check = [] }) => [check].flat().some((number) => outputs.has(number)));
  expect(strict.filter(isErrorCase).map(({ title }) => title)).toEqual([]);
});

test("A third of the cases or more are errors", () => {
  expect(cases.filter(isErrorCase).length / cases.length).toBeGreaterThan(1 / 3);
});

test("Every code that evaluation can give has a case", () => {
  const language = diagnosticCodes.slice(0, diagnosticCodes.indexOf("no-flake"));
  const given = new Set(cases.flatMap(codesOf));
  expect(language.filter((code) => !given.has(code))).toEqual([]);
});

test("Titles are unique within a capability", () => {
  const twice = Object.entries(allCases).flatMap(([capability, list]) => {
    const titles = list.map(({ title }) => title);
    return titles.filter((title, index) => titles.indexOf(title) < index).map((title) => `${capability}: ${title}`);
  });
  expect(twice).toEqual([]);
});

function codesOf(each: TestCase): readonly string[] {
  if ("error" in each) return [each.error];
  return "warning" in each ? [each.warning] : [];
}
