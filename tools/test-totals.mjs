// Usage: node tools/test-totals.mjs: prints the totals of the last `pnpm test --summarize`, as one line.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Totals
 * @typedef {{ status: string }} Assertion
 * @typedef {{ testResults: { status: string, assertionResults: Assertion[] }[] }} VitestReport
 * @typedef {{ tasks: { taskId: string, execution?: { exitCode: number | null } }[] }} TurboSummary
 */

/**
 * Adds up what ran: each test, and each other task (format, lint, types, …) as one.
 *
 * @param {TurboSummary | undefined} summary what turbo ran
 * @param {VitestReport | undefined} report what vitest ran, as one of these tasks
 * @returns {Totals}
 */
export function addUp(summary, report) {
  const tests = report ? countTests(report) : { passed: 0, failed: 0, skipped: 0 };
  const tasks = (summary?.tasks ?? []).map(({ taskId, execution }) => ({ taskId, ok: execution?.exitCode === 0 }));
  const others = tasks.filter(({ taskId }) => taskId !== "//#unit");
  tests.passed += others.filter(({ ok }) => ok).length;
  tests.failed += others.filter(({ ok }) => !ok).length;
  // A run that failed without a failed test still failed, and so did one that left nothing to read.
  const unit = tasks.find(({ taskId }) => taskId === "//#unit");
  if (!report || !unit || (!unit.ok && tests.failed === 0)) tests.failed += 1;
  return tests;
}

/**
 * @param {VitestReport} report
 * @returns {Totals}
 */
function countTests({ testResults }) {
  const statuses = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const passed = statuses.filter((status) => status === "passed").length;
  const failed = statuses.filter((status) => status === "failed").length;
  // A file that could not be loaded has failed without a failed test in it.
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.every((one) => one.status !== "failed"),
  );
  return { passed, failed: failed + unloaded.length, skipped: statuses.length - passed - failed };
}

/** @param {Totals} totals */
export function renderTotals({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** @param {string} path */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // Their names begin with the time.
  const last = readdirSync(".turbo/runs").toSorted().at(-1) ?? "";
  const totals = addUp(readJson(join(".turbo/runs", last)), readJson("dist/vitest.json"));
  console.log(renderTotals(totals));
  process.exitCode = totals.failed === 0 ? 0 : 1;
}
