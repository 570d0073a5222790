import { expect, test } from "vitest";
import { parseStack } from "./stack-frame.ts";

test.each([
  ["    at run (/a/b c.ts:1:2)", { file: "/a/b c.ts", line: 1, column: 2 }],
  ["    at /a.ts:1:2", { file: "/a.ts", line: 1, column: 2 }],
  ["    at async run (/a.ts:1:2)", { file: "/a.ts", line: 1, column: 2 }],
  ["    at async /a.ts:1:2", { file: "/a.ts", line: 1, column: 2 }],
  ["    at new A (/a.ts:1:2)", { file: "/a.ts", line: 1, column: 2 }],
  ["    at Object.get [as b] (/a.ts:1:2)", { file: "/a.ts", line: 1, column: 2 }],
  ["    at run (file:///a%20b.ts:1:2)", { file: "/a b.ts", line: 1, column: 2 }],
  ["    at web.host (firn:bundle/1:10:20)", { file: "firn:bundle/1", line: 10, column: 20 }],
  ["    at Array.map (<anonymous>)", undefined],
  ["    at native", undefined],
  ["at the start of a message (/a.ts:1:2)", undefined],
])("parseStack reads %j", (line, frame) => {
  expect(parseStack(`Error: x\n${line}`)).toEqual(frame === undefined ? [] : [frame]);
});
