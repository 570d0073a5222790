import { escapePath } from "@firn/unit";
import { mkDefault, option, types } from "firn";
import { assertUnit, renderUnit } from "./render-unit.ts";
import { joinSettings, settingsOf } from "./section-type.ts";
import { unitBasics } from "./unit-basics.ts";

const own = {
  where: option({ type: types.path, description: "Folder whose mount starts when it is first looked into" }),
  automountConfig: option({
    type: settingsOf("Automount"),
    default: {},
    example: { TimeoutIdleSec: "10min" },
    description: "Further settings of the [Automount] section, as systemd.automount(5) has them",
  }),
};

/** A mount that waits until somebody looks into its folder. */
export const automount = types.submodule({
  options: { ...unitBasics, ...own },
  config({ assert, config, name }, define) {
    if (name.startsWith("/")) define({ where: mkDefault(name) });
    if (!config.asDropIn) define({ wantedBy: mkDefault(["local-fs.target"]) });
    const { automountConfig, where } = config;
    const text = renderUnit(config, [["Automount", joinSettings({ Where: where }, automountConfig)]]);
    const full = `${escapePath(where)}.automount`;
    define({ name: full, text });
    assertUnit(assert, { basics: config, name: full, text });
  },
});
