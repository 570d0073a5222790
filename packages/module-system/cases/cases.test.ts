import { describe, test } from "vitest";
import { allCases } from "./all-cases.ts";
import { runCase } from "./test-case.ts";

// Not by test.each, which cuts long titles short.
for (const [capability, cases] of Object.entries(allCases)) {
  describe(`${capability}`, () => {
    for (const each of cases) {
      // oxlint-disable-next-line vitest/expect-expect -- runCase compares the outcome.
      test(`${each.title}`, () => runCase(each));
    }
  });
}
