import { expect, test } from "vitest";
import { isDiagnosticError } from "@firn/diagnostic";
import { guardedGlobals, guardedNames } from "./impure-global.ts";

/** Runs code with the guarded globals, as the code of a bundle is run. */
function runGuarded(code: string): unknown {
  return (new Function(...guardedNames, `"use strict"; return ${code}`) as (...globals: object[]) => unknown)(
    ...guardedGlobals(),
  );
}

function refusal(code: string): string | undefined {
  try {
    runGuarded(code);
    return undefined;
  } catch (thrown) {
    return isDiagnosticError(thrown) ? thrown.diagnostics[0]?.message.split('"')[1] : String(thrown);
  }
}

test.each([
  ["process.env.HOME", "process.env"],
  ["process.exit(1)", "process.exit"],
  ["'env' in process", "process.env"],
  ["globalThis.process", "globalThis.process"],
  ["global.fetch", "global.fetch"],
  ["fetch('http://localhost')", "fetch"],
  ["performance.now()", "performance.now"],
  ["crypto.randomUUID()", "crypto.randomUUID"],
  ["new WebSocket('ws://localhost')", "WebSocket"],
  ["setTimeout(() => 1, 1)", "setTimeout"],
  ["Date.now()", "Date.now"],
  ["Date()", "Date()"],
  ["new Date()", "new Date()"],
  ["Math.random()", "Math.random"],
])("guarded code cannot use %s", (code, named) => {
  expect(refusal(code)).toBe(named);
});

test.each([
  ["Math.max(1, 2)", 2],
  ["new Date(0).toISOString()", "1970-01-01T00:00:00.000Z"],
  ["Date.UTC(1970, 0, 1)", 0],
  ["Date.parse('1970-01-01T00:00:00Z')", 0],
  ["new Date(5) instanceof Date", true],
  ["typeof process", "function"],
])("guarded code can use %s", (code, value) => {
  expect(runGuarded(code)).toBe(value);
});
