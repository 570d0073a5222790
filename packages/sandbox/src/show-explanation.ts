import { renderPath } from "@firn/diagnostic";
import type { Evaluation, ExplainedDefinition, Explanation } from "@firn/module-system";
import { showMark } from "./show-diagnostic.ts";
import { showPlace, showValue } from "./show-value.ts";

/**
 * Shows where a value comes from: the explanation of its path, of what was read
 * for it down to a depth, and of the options below it.
 */
export function showExplanations(evaluation: Evaluation, path: readonly string[], depth: number): object[] {
  const shown = new Map<string, object>();
  const visit = (from: readonly string[], left: number): Explanation | undefined => {
    const name = renderPath(from);
    const explanation = evaluation.explain(from);
    if (explanation === undefined || shown.has(name)) return explanation;
    shown.set(name, showOne(explanation));
    if (left > 0) for (const read of usedReads(explanation)) visit(read, left - 1);
    return explanation;
  };
  const first = visit(path, depth);
  for (const below of first?.below ?? []) visit(below, 0);
  return [...shown.values()];
}

function usedReads({ definitions }: Explanation): (readonly string[])[] {
  return definitions.filter(({ fate }) => fate === "used").flatMap(({ reads }) => reads.map((read) => read.path));
}

function showOne({ value, declarations, definitions, ...rest }: Explanation): object {
  return {
    ...rest,
    ...showValue(value),
    declarations: declarations.map(showMark),
    definitions: definitions.map(showDefinition),
  };
}

function showDefinition({ value, place, reads, ...rest }: ExplainedDefinition): object {
  return {
    ...rest,
    ...showValue(value),
    place: showPlace(place),
    reads: reads.map((read) => ({ path: read.path, ...showValue(read.value), place: showPlace(read.place) })),
  };
}
