import { describe, expect, test } from "vitest";
import { addUp, renderTotals } from "./test-totals.mjs";

const file = (status: string, ...statuses: string[]) => ({
  status,
  assertionResults: statuses.map((one) => ({ status: one })),
});
const ran = (exits: Record<string, number | null>) => ({
  tasks: Object.entries(exits).map(([taskId, exitCode]) => ({ taskId, execution: { exitCode } })),
});

describe("addUp counts", () => {
  test("each test, and every other task as one", () => {
    const report = { testResults: [file("passed", "passed", "skipped"), file("failed", "passed", "failed", "todo")] };
    const summary = ran({ "//#lint": 0, "//#types": 1, "//#unit": 1, "@hosts/web#check": 0 });
    expect(addUp(summary, report)).toEqual({ passed: 4, failed: 2, skipped: 2 });
  });

  test("a file that could not be loaded", () => {
    expect(addUp(ran({ "//#unit": 1 }), { testResults: [file("failed")] })).toMatchObject({ failed: 1 });
  });

  test("a task that did not run as failed", () => {
    const summary = { tasks: [{ taskId: "//#lint" }, ...ran({ "//#unit": 0 }).tasks] };
    expect(addUp(summary, { testResults: [] })).toMatchObject({ failed: 1 });
  });

  test.each([
    ["fail without a failed test", ran({ "//#unit": 1 }), { testResults: [file("passed", "passed")] }],
    ["leave no report", ran({ "//#unit": 0 }), undefined],
    ["never start", undefined, undefined],
  ])("tests that %s", (_, summary, report) => expect(addUp(summary, report)).toMatchObject({ failed: 1 }));
});

test("renderTotals writes the one line that is read by others", () => {
  expect(renderTotals({ passed: 3, failed: 2, skipped: 1 })).toBe("3 passed, 2 failed, 1 skipped");
});
