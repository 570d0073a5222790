import { expect, test } from "vitest";
import { childrenOf, loadParser } from "./source-parser.ts";

const text = `const é = import("b");
import a from "a";
export * from "c";
export { d } from "d";
export const url = import.meta.url;
`;

test("loadParser finds what a source file imports, by UTF-16 offsets", async () => {
  const { program, requests, dynamicImports, metas, errorOffset } = (await loadParser())("a.ts", text);
  expect(requests.map(({ specifier }) => specifier)).toEqual(["a", "c", "d"]);
  expect(dynamicImports.map(({ start, end }) => text.slice(start, end))).toEqual(['import("b")']);
  expect(metas.map(({ start, end }) => text.slice(start, end))).toEqual(["import.meta"]);
  expect(childrenOf(program).map(({ start, end }) => text.slice(start, end))).toEqual(text.trim().split("\n"));
  expect(errorOffset).toBeUndefined();
});

test("loadParser says where the first syntax error is", async () => {
  expect((await loadParser())("a.ts", "const é = ;\n").errorOffset).toBe(10);
});
