import { option, types } from "firn";
import { assertUnit, renderUnit } from "./render-unit.ts";
import { settingsOf } from "./section-type.ts";
import { unitBasics } from "./unit-basics.ts";

const own = {
  sliceConfig: option({
    type: settingsOf("Slice"),
    default: {},
    example: { MemoryMax: "2G" },
    description: "Settings of the [Slice] section, as systemd.resource-control(5) has them",
  }),
};

/** A share of the machine's resources that units are put in. */
export const slice = types.submodule({
  options: { ...unitBasics, ...own },
  config({ assert, config, name }, define) {
    const text = renderUnit(config, [["Slice", config.sliceConfig]]);
    const full = `${name}.slice`;
    define({ name: full, text });
    assertUnit(assert, { basics: config, name: full, text });
  },
});
