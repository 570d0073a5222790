import { describe, expect, test } from "vitest";
import { checkTests } from "./tested-sources.ts";
import { readSources } from "./workspace-files.ts";

const source = { path: "packages/option/src/order.ts", text: "export const byOrder = 1;" };
const index = { path: "packages/option/src/index.ts", text: 'export { byOrder } from "./order.ts";' };
const testOf = (text: string) => ({ path: "packages/cli/src/a.test.ts", text });

describe("checkTests", () => {
  test.each([
    ["a test beside it", [source, { path: "packages/option/src/order.test.ts", text: "" }]],
    ["a test that imports it", [source, testOf('import "../../option/src/order.ts";')]],
    ["a test that imports its package", [source, index, testOf('import { byOrder } from "@firn/option";')]],
    ["a test that imports its package as it runs", [source, index, testOf('await import("@firn/option");')]],
    ["types alone", [{ path: "packages/option/src/order.ts", text: "export interface Order {}" }]],
    ["a module", [{ path: "modules/nginx/src/index.ts", text: "export default 1;" }]],
  ])("is content with %s", (_, sources) => expect(checkTests(sources)).toEqual([]));

  test.each([
    ["no test at all", [source]],
    ["a test of something else", [source, index, testOf('import "@firn/definition";')]],
    ["a name that only looks like it", [source, testOf('import "./order.ts"; // byOrder')]],
    ["a source that its package does not need", [source, { ...index, text: "" }, testOf('import "@firn/option";')]],
  ])("is not content with %s", (_, sources) => {
    expect(checkTests(sources)).toEqual([expect.stringMatching("^packages/option/src/order.ts: Cannot find a test ")]);
  });
});

test("this workspace tests its sources", () => {
  expect(checkTests(readSources(process.cwd()))).toEqual([]);
});
