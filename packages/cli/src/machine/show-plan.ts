import type { FileStep } from "@firn/plan";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { painter, type Terminal } from "../terminal.ts";
import { causesBetween } from "./causes-between.ts";
import { diffLines, isShowable } from "./content-diff.ts";
import { describeLeftOut } from "./left-out.ts";
import type { Machine } from "./open-machine.ts";
import type { PlannedSwitch } from "./plan-machine.ts";
import { renderPlan } from "./render-plan.ts";

/** How a plan is shown. */
export interface ShowOptions {
  readonly machine: Machine;
  readonly terminal: Terminal;
  readonly isWhole: boolean;
}

/** Prints a plan for people. */
export function showPlan({ desired, plan }: PlannedSwitch, { isWhole, machine, terminal }: ShowOptions): void {
  const text = renderPlan(plan, {
    findCause: causesBetween({ from: plan.from?.name, to: plan.to?.name }, machine.store),
    isWhole,
    paint: painter(terminal.color),
    diffOf: (step) =>
      isWhole || !["add", "remove", "give-back"].includes(step.action) ? diffOf(step, machine) : undefined,
  });
  const { number } = machine.profile.current() ?? {};
  const from = number === undefined ? "what is there now" : `generation ${number}`;
  const to = plan.to === undefined ? "what it was without Firn" : plan.to.name;
  terminal.print(`${plan.host}: from ${from} to ${to}`);
  if (text !== "") terminal.print(text);
  const { user } = plan.scope;
  const leftOut = desired === undefined || user === undefined ? undefined : describeLeftOut(desired, user.name);
  if (leftOut !== undefined) terminal.print(leftOut);
}

function diffOf(step: FileStep, machine: Machine): readonly string[] | undefined {
  const after = contentAfter(step, machine);
  const before = contentBefore(step, machine);
  if (after === undefined && before === undefined) return undefined;
  if (isPrivate(step)) return ["(not shown: not everyone may read it)"];
  if ([after, before].some((content) => content !== undefined && !isShowable(content))) return undefined;
  const lines = diffLines({ before: before?.toString() ?? "", after: after?.toString() ?? "" });
  return lines.length === 0 ? undefined : lines;
}

function isPrivate({ after, before }: FileStep): boolean {
  return [before, after].some((state) => state.kind === "file" && (Number.parseInt(state.mode, 8) & 0o004) === 0);
}

function contentAfter({ after }: FileStep, { store }: Machine): Uint8Array | undefined {
  return after.kind === "link" || after.kind === "file" ? store.read(after.content) : undefined;
}

function contentBefore(
  { action, before, lastContent, path }: FileStep,
  { scope, store }: Machine,
): Uint8Array | undefined {
  if (action === "add") return undefined;
  if (before.kind === "symlink") return lastContent === undefined ? undefined : store.read(lastContent);
  if (before.kind !== "file") return undefined;
  try {
    return readFileSync(join(scope.root, path));
  } catch {
    return undefined; // Who may not read it is shown no difference.
  }
}
