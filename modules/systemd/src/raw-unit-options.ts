import { checkSetting, parseUnit } from "@firn/unit";
import { option, types } from "firn";
import { assertUnit } from "./render-unit.ts";
import { unitName } from "./unit-names.ts";

const units = (description: string) => option({ type: types.listOf(unitName), default: [], description });

/** A unit of any type whose file is written as it is. */
export const rawUnit = types.submodule({
  options: {
    enable: option({ type: types.bool, default: true, description: "Whether the unit can be started; false masks it" }),
    name: option({ type: types.str, readOnly: true, description: "Full name of the unit" }),
    text: option({ type: types.lines, default: "", description: "The unit file" }),
    asDropIn: option({
      type: types.bool,
      default: false,
      description: "Whether this adds to a unit that is there already, and does not replace it",
    }),
    wantedBy: units("Units that start this one"),
    requiredBy: units("Units that do not run without this one"),
    aliases: units("Further names"),
  },
  config({ assert, config, name }, define) {
    define({ name });
    for (const problem of findProblems(config.text)) assert(false, problem);
    assertUnit(assert, { basics: config, name, text: config.text });
  },
});

/** Lists what is wrong with the lines of a unit file: those of other programs' sections are theirs. */
function findProblems(text: string): string[] {
  const { problems, unit } = parseUnit(text);
  const settings = [...unit].flatMap(([section, keys]) =>
    [...keys].flatMap(([key, values]) => values.map((value) => ({ section, key, value }))),
  );
  const refused = settings
    .filter(({ section }) => !section.startsWith("X-"))
    .flatMap(({ section, key, value }) => {
      const problem = checkSetting(section, key, value);
      return problem === undefined ? [] : [`${key} in [${section}]: ${problem}`];
    });
  return [...problems, ...refused];
}
