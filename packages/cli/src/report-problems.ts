import { type Diagnostic, renderDiagnostic, type RenderOptions } from "@firn/diagnostic";
import type { Terminal } from "./terminal.ts";

/** Problems shown at most; whoever has more of them mends these first. */
const mostShown = 20;

/** Reports problems, a blank line after each; opens the sources only if there are any. */
export async function reportProblems(
  problems: readonly Diagnostic[],
  openRendering: () => Promise<RenderOptions>,
  terminal: Terminal,
): Promise<void> {
  if (problems.length === 0) return;
  const rendering = await openRendering();
  for (const problem of problems.slice(0, mostShown)) terminal.report(`${renderDiagnostic(problem, rendering)}\n`);
  if (problems.length > mostShown) terminal.report(`and ${problems.length - mostShown} more`);
}

/** Tells whether any of the problems is an error. */
export function hasErrors(problems: readonly Diagnostic[]): boolean {
  return problems.some(({ severity }) => severity === "error");
}
