import { option, types } from "firn";
import { explainedStr } from "@modules/explained-types";
import { settingsOf } from "./section-type.ts";
import { unitName } from "./unit-names.ts";

const units = (description: string) => option({ type: types.listOf(unitName), default: [], description });

const line = explainedStr({
  description: "line of text",
  check: (text) => (/[\n\r\0]/.test(text) ? "A setting is one line" : undefined),
});

/** Options of every unit, whatever its type. */
export const unitBasics = {
  enable: option({
    type: types.bool,
    default: true,
    description: "Whether the unit can be started; false masks it, one of the distribution's too",
  }),
  name: option({ type: types.str, readOnly: true, description: "Full name of the unit" }),
  text: option({ type: types.str, readOnly: true, description: "The unit file" }),
  asDropIn: option({
    type: types.bool,
    default: false,
    description:
      "Whether this adds to a unit that is there already, such as the distribution's, and does not replace it",
  }),
  description: option({ type: line, default: "", description: "What the unit is" }),
  documentation: option({ type: types.listOf(line), default: [], description: "Addresses of documentation" }),
  after: units("Units that are started before this one, if they are"),
  before: units("Units that are started after this one, if they are"),
  wants: units("Units that are started with this one"),
  requires: units("Units without which this one does not run"),
  requisite: units("Units that must run already when this one is started"),
  bindsTo: units("Units with which this one stops"),
  partOf: units("Units whose stop and restart are this one's too"),
  conflicts: units("Units that stop when this one starts"),
  wantedBy: units("Units that start this one"),
  requiredBy: units("Units that do not run without this one"),
  aliases: units("Further names"),
  restartTriggers: option({
    type: types.listOf(types.str),
    default: [],
    description: "Texts of any kind, such as configuration files: when one of them changes, the unit is restarted",
  }),
  reloadTriggers: option({
    type: types.listOf(types.str),
    default: [],
    description: "Texts of any kind: when one of them changes, the unit is reloaded",
  }),
  unitConfig: option({
    type: settingsOf("Unit"),
    default: {},
    example: { ConditionPathExists: "/etc/app.conf" },
    description: "Further settings of the [Unit] section, as systemd.unit(5) has them",
  }),
};
