import { checkUnitName } from "@firn/unit";
import { type CheckName, explainedStr } from "@modules/explained-types";
import type { OptionType } from "firn";

/** The full name of a unit, such as "network.target"; specifiers are for templates. */
export const unitName: OptionType<string> = explainedStr({
  description: "name of a unit, with its type",
  check: (name) => (name.includes("%") ? undefined : checkUnitName(name)),
  advise: (name) => (name !== "" && !name.includes(".") ? `Write "${name}.service" or "${name}.target"` : undefined),
});

/** How the names of units of one type are checked, which are written without the type. */
export function namesOf(kind: string, suffix: string): CheckName {
  return {
    kind,
    check: (name) => (name.endsWith(suffix) ? `The name goes without "${suffix}"` : checkUnitName(`${name}${suffix}`)),
    advise: (name) => (name.endsWith(suffix) ? `Write ${JSON.stringify(name.slice(0, -suffix.length))}` : undefined),
  };
}
