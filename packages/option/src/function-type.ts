import { renderPath } from "@firn/diagnostic";
import type { Definition } from "@firn/definition";
import { combineTypes } from "./combine-types.ts";
import { mergeMember, takeChecked } from "./merging.ts";
import type { MergeProblem, MergeSite } from "./merge-site.ts";
import { NO_VALUE } from "./no-value.ts";
import { defineType, nestedDescription, type OptionType } from "./option-type.ts";
import { type TypeLike, toOptionType } from "./schema-type.ts";

/** Functions; called, all definitions are called and their results merged. */
export function functionTo<T, D>(result: TypeLike<T, D>): OptionType<(argument: unknown) => T, (argument: never) => D> {
  const resultType = toOptionType(result);
  const type: OptionType<(argument: unknown) => T, (argument: never) => D> = defineType({
    name: "functionTo",
    description: `function that evaluates to ${nestedDescription(resultType)}`,
    phrase: "composite",
    accepts: (value) => typeof value === "function",
    merge(definitions, site) {
      const winning = takeChecked(type, definitions, site);
      return winning === NO_VALUE ? NO_VALUE : mergeCalls(resultType, winning, site);
    },
    combine(other) {
      const combined = combineTypes(resultType, other.payload as OptionType);
      return combined && functionTo(combined);
    },
    jsonSchema: () => ({}),
    members: [{ part: "<function body>", type: resultType }],
    payload: resultType,
  });
  return type;
}

function noResult({ path }: MergeSite): MergeProblem {
  return {
    code: "no-value",
    message: `Cannot call the function "${renderPath(path.slice(0, -1))}": it gives no value`,
    marks: [],
    why: ["No condition of what its definitions give holds"],
    fix: "Give a value under every condition",
  };
}

/**
 * Makes the function that calls every definition and merges the results.
 *
 * The merge happens at the call, perhaps long after evaluation, so its problems
 * are thrown as a DiagnosticError.
 */
export function mergeCalls(type: OptionType, definitions: readonly Definition[], site: MergeSite): unknown {
  const body = site.member("<function body>").detached();
  return (argument: unknown): unknown => {
    const results = definitions.map((definition) => ({
      ...definition,
      value: (definition.value as (argument: unknown) => unknown)(argument),
    }));
    const merged = mergeMember(type, body.discharge(results), body);
    body.settle();
    if (merged === NO_VALUE) body.fail(noResult(body));
    body.settle();
    return merged;
  };
}
