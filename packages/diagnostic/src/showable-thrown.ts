import { renderValue } from "./render-value.ts";

/**
 * Gives what was thrown, in a form of which every message can be made: anything
 * can be thrown, also what throws again when it is looked at.
 */
export function showableThrown(thrown: unknown): unknown {
  if (thrown === undefined) return new Error("nothing was thrown, by throw undefined");
  try {
    const isSound = thrown instanceof Error ? typeof thrown.message === "string" : String(thrown).length >= 0;
    return isSound ? thrown : new Error(`threw ${renderValue(thrown)}`);
  } catch {
    return new Error(`threw ${renderValue(thrown)}`);
  }
}
