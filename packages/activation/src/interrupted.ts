import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Scope } from "@firn/plan";

/** What an interrupted switch left: "begun" is taken back, "proved" is ended. */
export type Interrupted = "begun" | "proved";

/** Looks whether a switch is under way or was interrupted; changes nothing. */
export function findInterrupted(scope: Scope): Interrupted | undefined {
  const state = stateFolder(scope);
  if (existsSync(join(state, "journal"))) return "begun";
  return existsSync(join(state, "committed")) ? "proved" : undefined;
}

/** Folder of the state, as this process sees it. */
export function stateFolder({ root, state }: Scope): string {
  return join(root, state);
}
