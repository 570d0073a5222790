import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectGolden } from "./golden.ts";
import { runPackageJourney } from "./package-journey.ts";
import { packageStories } from "./package-stories.ts";
import { shellStories } from "./shell-stories.ts";

describe.each([...packageStories, ...shellStories])("$name", (journey) => {
  test("goes as told", { timeout: 240_000 }, () => {
    const text = runPackageJourney(journey);
    expectGolden(text, join(import.meta.dirname, "package-journeys", `${journey.name}.txt`));
    expect(text).not.toContain("[internal]");
    expect(text).not.toMatch(/^error\[.*\]: (?!Cannot )/m);
    expect(text).not.toMatch(/^(?:error|warning| {2}why| {2}fix).*\.$/m);
    expect(text.split("\n").filter((line) => line.length > 200 && !/^(?:[{[]|\s*")/.test(line))).toEqual([]);
  });
});
