import { escapePath } from "@firn/unit";
import { mkDefault, option, types } from "firn";
import { assertUnit, renderUnit } from "./render-unit.ts";
import { joinSettings, settingsOf } from "./section-type.ts";
import { unitBasics } from "./unit-basics.ts";

const own = {
  what: option({ type: types.path, description: "Device or file that is swapped to; the unit is named after it" }),
  priority: option({
    type: types.nullOr(types.ints.between(-1, 32_767)),
    default: null,
    description: "Swap spaces with a higher number are used first",
  }),
  swapConfig: option({
    type: settingsOf("Swap"),
    default: {},
    example: { Options: "discard" },
    description: "Further settings of the [Swap] section, as systemd.swap(5) has them",
  }),
};

/** A swap space. */
export const swap = types.submodule({
  options: { ...unitBasics, ...own },
  config({ assert, config, name }, define) {
    if (name.startsWith("/")) define({ what: mkDefault(name) });
    if (!config.asDropIn) define({ wantedBy: mkDefault(["swap.target"]) });
    const { priority, swapConfig, what } = config;
    const settings = { What: what, Priority: priority ?? [] };
    const text = renderUnit(config, [["Swap", joinSettings(settings, swapConfig)]]);
    const full = `${escapePath(what)}.swap`;
    define({ name: full, text });
    assertUnit(assert, { basics: config, name: full, text });
  },
});
