import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";

/** Set to write what tests give instead of comparing it: read the difference before you keep it. */
const isUpdating = process.env["UPDATE_GOLDEN"] === "1";

/** Compares a text with the one in a file. */
export function expectGolden(text: string, file: string): void {
  if (isUpdating) writeFileSync(file, text);
  expect(text, `${file} differs; UPDATE_GOLDEN=1 writes it`).toBe(existsSync(file) ? readFileSync(file, "utf8") : "");
}
