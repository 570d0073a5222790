import { renderPath, renderValue } from "@firn/diagnostic";
import type { Mark } from "@firn/diagnostic";
import { type Definition, placeOf, priorities, strongest } from "@firn/definition";
import type { MergeSite } from "./merge-site.ts";
import { NO_VALUE } from "./no-value.ts";
import { type OptionType, type TypeBehavior } from "./option-type.ts";
import { sameValue } from "./same-value.ts";
import { suggestValue } from "./suggest-value.ts";

/** Shows definitions as marks: the value and, where it is not the plain one, the priority. */
export function definitionMarks(definitions: readonly Definition[], path: readonly string[]): Mark[] {
  return definitions.map((definition) => ({
    role: `defined here as ${renderValue(definition.value)}${renderPriority(definition.priority)}`,
    place: placeOf(definition.origin, path),
  }));
}

function renderPriority(priority: number): string {
  return priority === 100 ? "" : ` with priority ${priority}`;
}

/** Reports those definitions that a type refuses, each at its own place. */
export function failMismatch(type: TypeBehavior, refused: readonly Definition[], site: MergeSite): typeof NO_VALUE {
  const [first] = refused;
  const reason = type.explain?.(first?.value);
  return site.fail({
    code: "type-mismatch",
    message: `Cannot take ${renderValue(first?.value)} for "${renderPath(site.path)}": it is not of type "${type.description}"`,
    marks: definitionMarks(refused, site.path),
    ...(reason === undefined ? {} : { why: [reason] }),
    fix: suggestValue(type, first?.value),
  });
}

/** Definitions that passed, or NO_VALUE when one did not. */
export type Checked = readonly Definition[] | typeof NO_VALUE;

/** Keeps the strongest definitions and checks each alone; NO_VALUE if any is refused. */
export function takeChecked(type: TypeBehavior, definitions: readonly Definition[], site: MergeSite): Checked {
  return checkEach(type, strongest(definitions), site);
}

/** Checks each definition alone, so that a problem names its place; NO_VALUE if any is refused. */
export function checkEach(type: TypeBehavior, definitions: readonly Definition[], site: MergeSite): Checked {
  const refused = definitions.filter(({ value }) => !type.accepts(value));
  return refused.length === 0 ? definitions : failMismatch(type, refused, site);
}

/** Merges definitions of a type whose values cannot be combined: all must be equal. */
export function mergeEqual(type: TypeBehavior, definitions: readonly Definition[], site: MergeSite): unknown {
  const winning = takeChecked(type, definitions, site);
  if (winning === NO_VALUE) return NO_VALUE;
  const first = winning[0]?.value;
  return winning.every(({ value }) => sameValue(value, first)) ? first : failConflict(winning, site);
}

/** Reports definitions of equal priority that contradict each other. */
export function failConflict(definitions: readonly Definition[], site: MergeSite): typeof NO_VALUE {
  return site.fail({
    code: "conflicting-definitions",
    message: `Cannot merge the definitions of "${renderPath(site.path)}": they contradict each other`,
    marks: definitionMarks(definitions, site.path),
    why: [`${allOf(definitions)} have priority ${definitions[0]?.priority}, and the type takes one value only`],
    fix: adviseWinner(definitions),
  });
}

function allOf(definitions: readonly Definition[]): string {
  return definitions.length === 2 ? "Both" : `All ${definitions.length}`;
}

/** Says how one of several definitions of equal priority can be made to win. */
export function adviseWinner([first]: readonly Definition[]): string {
  const { priority = priorities.plain } = first ?? {};
  if (priority > priorities.default) return "Wrap the one that shall win in mkDefault(…)";
  if (priority > priorities.plain) return "Define the one that shall win without mkDefault(…)";
  if (priority > priorities.force) return "Wrap the one that shall win in mkForce(…), or the others in mkDefault(…)";
  return "Leave only the one that shall win in mkForce(…)";
}

/** Merges the definitions of a member at its own site. */
export function mergeMember(type: OptionType, definitions: readonly Definition[], site: MergeSite): unknown {
  if (definitions.length > 0) return type.merge(definitions, site);
  return type.empty === undefined ? NO_VALUE : type.empty(site); // The empty value may be null.
}
