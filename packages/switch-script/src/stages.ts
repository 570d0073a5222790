import { comment, quote } from "./shell-text.ts";

/** A part of a script that is shown as one step. */
export interface Stage {
  /** In words; missing for what nobody waits for. */
  readonly title?: string;
  readonly lines: readonly string[];
}

/** Writes stages one after the other, numbered; those without lines are left out. */
export function renderStages(stages: readonly Stage[]): string[] {
  const shown = stages.filter(({ lines }) => lines.length > 0);
  const count = shown.filter(({ title }) => title !== undefined).length;
  let number = 0;
  return shown.flatMap(({ title, lines }) => {
    if (title === undefined) return ["", ...lines];
    number++;
    return ["", comment(title), `step ${number}/${count} ${quote(title)}`, ...lines];
  });
}
