import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectGolden } from "./golden.ts";
import { inputMistakes } from "./input-mistakes.ts";
import { inputStories } from "./input-stories.ts";
import { keepingStories } from "./keeping-stories.ts";
import { runJourney } from "./journey.ts";
import { switchStories } from "./switch-stories.ts";

describe.each([...inputStories, ...inputMistakes, ...switchStories, ...keepingStories])("$name", (journey) => {
  test("goes as told", { timeout: 120_000 }, () => {
    const text = runJourney(journey);
    expectGolden(text, join(import.meta.dirname, "journeys", `${journey.name}.txt`));
    expect(text).not.toContain("[internal]");
    expect(text).not.toMatch(/^error\[.*\]: (?!Cannot )/m);
    expect(text).not.toMatch(/^(?:error|warning| {2}why| {2}fix).*\.$/m);
    // What is for programs may be as long as it will.
    expect(text.split("\n").filter((line) => line.length > 200 && !/^[{[]/.test(line))).toEqual([]);
  });
});
