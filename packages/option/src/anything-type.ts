import { type Definition, strongest } from "@firn/definition";
import { groupByName, setField } from "./attrs-types.ts";
import { mergeCalls } from "./function-type.ts";
import { failConflict } from "./merging.ts";
import type { MergeSite } from "./merge-site.ts";
import { NO_VALUE } from "./no-value.ts";
import { defineType, type OptionType } from "./option-type.ts";
import { isPlainObject, sameValue } from "./same-value.ts";

/**
 * Any value. Sets merge recursively, functions by their results; other values,
 * lists among them, must be equal. Instances of classes are taken as they are.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- reading "anything" must not need a cast at each use.
export const anything: OptionType<any> = defineType<any>({
  name: "anything",
  description: "anything",
  accepts: () => true,
  merge: mergeAnything,
  combine: () => anything,
  jsonSchema: () => ({}),
});

function mergeAnything(definitions: readonly Definition[], site: MergeSite): unknown {
  const winning = strongest(definitions);
  const [first, ...others] = winning;
  if (winning.every(({ value }) => isPlainObject(value))) return mergeFields(winning, site);
  if (winning.every(({ value }) => typeof value === "function")) return mergeCalls(anything, winning, site);
  return others.every(({ value }) => sameValue(value, first?.value)) ? first?.value : failConflict(winning, site);
}

function mergeFields(definitions: readonly Definition[], site: MergeSite): unknown {
  const merged: Record<string, unknown> = {};
  let failed = false;
  for (const [name, members] of groupByName(definitions)) {
    const member = site.member(name);
    const found = member.discharge(members);
    if (found.length === 0) continue;
    const value = mergeAnything(found, member);
    if (value === NO_VALUE) failed = true;
    else setField(merged, name, value);
  }
  return failed ? NO_VALUE : Object.freeze(merged);
}
