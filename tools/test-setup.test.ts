import { expect, test } from "vitest";

/** Gone from what runs, so that whatever stands below it moves up there. */
interface Place {
  readonly line: number;
  readonly column: number;
}

test("a stack names the line and the column of the TypeScript source", () => {
  const place: Place = { line: 11, column: 21 };
  const { stack } = new Error("here");
  expect(stack).toContain(`tools/test-setup.test.ts:${place.line}:${place.column}`);
});
