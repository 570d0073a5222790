import { DiagnosticError } from "@firn/diagnostic";
import type { Origin } from "./origin.ts";
import { findWrapper, type Wrapper } from "./wrapped.ts";

/** One value that a module gives to an option: the normal form to which all wrappers unfold. */
export interface Definition {
  readonly value: unknown;
  /** Smaller wins; 100 for a plain definition. */
  readonly priority: number;
  /** Smaller comes first; 1000 for a plain definition. */
  readonly order: number;
  readonly origin: Origin;
}

/** What unwrapping needs from outside, and tells. */
export interface Discharging {
  /** Runs the function of a `lazy` value. */
  force(compute: () => unknown): unknown;
  /** Hears of content dropped because its condition is false. */
  dropped?(definition: Definition): void;
  /** Hears of a condition that is not a boolean; its content is dropped. */
  badCondition(condition: unknown, origin: Origin): void;
}

/**
 * Unfolds the wrappers around a definition's value, in any nesting, into plain
 * definitions appended to `found`. Priority and order of the innermost wrapper
 * decide; content under a false condition is dropped.
 */
export function discharge(definition: Definition, found: Definition[], on: Discharging): void {
  dischargeAt(definition, found, { on, depth: 0 });
}

/** Wrappers within wrappers that a value may be in; more are there only when they contain themselves. */
const deepest = 500;

function dischargeAt(
  definition: Definition,
  found: Definition[],
  { on, depth }: { on: Discharging; depth: number },
): void {
  const wrapper = findWrapper(definition.value);
  if (wrapper === undefined) return void found.push(definition);
  if (depth === deepest) throw endlessWrappers();
  for (const inner of unfold(definition, wrapper, on)) dischargeAt(inner, found, { on, depth: depth + 1 });
}

function endlessWrappers(): DiagnosticError {
  return new DiagnosticError([
    {
      code: "endless-nesting",
      severity: "error",
      message: `Cannot unwrap a definition: mkIf, mkMerge, lazy and the like are nested more than ${deepest} deep`,
      marks: [],
      fix: "Let no wrapper contain itself, and no lazy value give itself",
    },
  ]);
}

/** Takes one wrapper off: the definitions it stands for, each possibly still wrapped. */
export function unfold(definition: Definition, wrapper: Wrapper, on: Discharging): Definition[] {
  switch (wrapper.kind) {
    case "merge":
      return wrapper.contents.map((value) => ({ ...definition, value }));
    case "override":
      return [{ ...definition, value: wrapper.content, priority: wrapper.priority }];
    case "order":
      return [{ ...definition, value: wrapper.content, order: wrapper.order }];
    case "definition":
      return [{ ...definition, value: wrapper.content, origin: { ...definition.origin, place: wrapper.place } }];
    case "lazy":
      return [{ ...definition, value: on.force(wrapper.compute) }];
    case "if":
      return unfoldCondition({ ...definition, value: wrapper.content }, wrapper.condition, on);
  }
}

function unfoldCondition(content: Definition, condition: unknown, on: Discharging): Definition[] {
  const wrapper = findWrapper(condition);
  const holds = wrapper?.kind === "lazy" ? on.force(wrapper.compute) : condition;
  if (holds === true) return [content];
  if (holds === false) on.dropped?.(content);
  else on.badCondition(holds, content.origin);
  return [];
}

/** Keeps the definitions with the smallest priority number. */
export function strongest(definitions: readonly Definition[]): readonly Definition[] {
  if (definitions.length < 2) return definitions;
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const { priority } of definitions) {
    if (priority < least) least = priority;
    if (priority > greatest) greatest = priority;
  }
  return least === greatest ? definitions : definitions.filter(({ priority }) => priority === least);
}

/** Sorts by order number; ties keep the order of the modules. */
export function sortByOrder(definitions: readonly Definition[]): readonly Definition[] {
  const sorted = definitions.every((each, index) => index === 0 || each.order >= (definitions[index - 1]?.order ?? 0));
  return sorted ? definitions : definitions.toSorted((a, b) => a.order - b.order);
}
