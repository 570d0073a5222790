import { renderText } from "@firn/diagnostic";
import type { FileStep } from "@firn/plan";
import type { Paint } from "../terminal.ts";
import { type FindCause, renderCause } from "./cause.ts";

/** How a plan is shown. */
export interface PlanRendering {
  readonly paint: Paint;
  readonly findCause: FindCause;
  /** Draws the content of a step: what it was and will be; undefined where there is nothing to show. */
  diffOf(step: FileStep): readonly string[] | undefined;
  /** Whether all is shown, and not the beginning of each list. */
  readonly isWhole: boolean;
}

/** A line of a plan, and what is shown below it. */
export interface Entry {
  readonly line: string;
  readonly below?: readonly string[];
}

/** Writes the end of a line: why the step is there. */
export function causeOf(keys: readonly string[], { findCause, paint }: PlanRendering): string {
  const cause = findCause(...keys);
  const text = cause === undefined ? "" : renderCause(cause);
  return text === "" ? "" : paint("dim", `  ${renderText(text)}`);
}
