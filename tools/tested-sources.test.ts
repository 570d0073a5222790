import { describe, expect, test } from "vitest";
import { checkTests } from "./tested-sources.ts";
import { readSources } from "./workspace-files.ts";

const source = { path: "packages/option/src/order.ts", text: "export const byOrder = 1;" };

describe("checkTests", () => {
  test.each([
    ["a test beside it", [source, { path: "packages/option/src/order.test.ts", text: "" }]],
    [
      "a test of its package that names it",
      [source, { path: "packages/option/src/a.test.ts", text: 'test("byOrder sorts")' }],
    ],
    [
      "a test of its package that names its file",
      [source, { path: "packages/option/cases/a.test.ts", text: "// This covers merge-order.ts and order.ts." }],
    ],
    ["types alone", [{ path: "packages/option/src/order.ts", text: "export interface Order {}" }]],
    ["a public list", [{ path: "packages/option/src/index.ts", text: 'export { a } from "./a.ts";' }]],
    ["a module", [{ path: "modules/nginx/src/index.ts", text: "export default 1;" }]],
  ])("is content with %s", (_, sources) => expect(checkTests(sources)).toEqual([]));

  test.each([
    ["no test at all", [source]],
    ["a test of another package", [source, { path: "packages/cli/src/a.test.ts", text: "byOrder" }]],
    ["a longer name of a file", [source, { path: "packages/option/src/a.test.ts", text: "// merge-order.ts" }]],
    ["a longer name", [source, { path: "packages/option/src/a.test.ts", text: "byOrderNumber" }]],
  ])("is not content with %s", (_, sources) => {
    expect(checkTests(sources)).toEqual([expect.stringMatching("^packages/option/src/order.ts: Cannot find a test: ")]);
  });
});

test("this workspace tests its sources", () => {
  expect(checkTests(readSources(process.cwd()))).toEqual([]);
});
