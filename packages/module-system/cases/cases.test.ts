import { describe, test } from "vitest";
import { allCases } from "./all-cases.ts";
import { runCase } from "./test-case.ts";

describe.each(Object.entries(allCases))("%s", (_capability, cases) => {
  test.each(cases)("$title", runCase);
});
