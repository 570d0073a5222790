import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findJsonPlaces } from "./json-places.ts";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Texts of JSON in which a few characters were replaced, so that many are none. */
const almostJson = fc
  .tuple(fc.json(), fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'{}[]",:\\ \n01.-+eEtrunl')), { maxLength: 2 }))
  .map(([text, changes]) =>
    changes.reduce((changed, [at, character]) => {
      const place = at % (changed.length + 1);
      return changed.slice(0, place) + character + changed.slice(place + 1);
    }, text),
  );

test("findJsonPlaces accepts what JSON.parse does, and nothing else but keys that stand twice", () => {
  const differs = (text: string) => isJson(text) !== (findJsonPlaces(text).root !== undefined);
  const run = fc.check(
    fc.property(almostJson, (text) => !differs(text)),
    { numRuns: 3000, seed: 3 },
  );
  expect(run.counterexample).toBeNull();
});

test("findJsonPlaces finds each key and value", () => {
  const text = '{ "a": { "b": [1, { "c": 2 }] },\n"d": -1.5e3 }';
  const { root, faults } = findJsonPlaces(text);
  const inner = root?.members.get("a")?.node.members.get("b");
  expect(faults).toStrictEqual([]);
  expect([inner?.offset, inner?.node.offset]).toStrictEqual([text.indexOf('"b"'), text.indexOf("[")]);
  expect(root?.members.get("d")?.node.offset).toBe(text.indexOf("-1.5e3"));
});
