import { mkDefault, option, types } from "firn";
import { assertUnit, renderUnit } from "./render-unit.ts";
import { joinSettings, settingsOf, valuesOf } from "./section-type.ts";
import { unitBasics } from "./unit-basics.ts";
import { unitName } from "./unit-names.ts";

const times = (setting: string, description: string, example: string) =>
  option({ type: valuesOf("Timer", setting), default: [], example, description });

const own = {
  onCalendar: times("OnCalendar", "When the timer elapses, as systemd.time(7) has it", "daily"),
  onActiveSec: times("OnActiveSec", "How long after the timer was started", "10min"),
  onBootSec: times("OnBootSec", "How long after the boot", "5min"),
  onStartupSec: times("OnStartupSec", "How long after the start of systemd, or of the user's", "5min"),
  onUnitActiveSec: times("OnUnitActiveSec", "How long after the unit was last started", "1h"),
  onUnitInactiveSec: times("OnUnitInactiveSec", "How long after the unit last ended", "1h"),
  accuracySec: times("AccuracySec", "How much later than that it may be", "1s"),
  randomizedDelaySec: times("RandomizedDelaySec", "By up to how much each run is put off, at random", "15min"),
  persistent: option({
    type: types.bool,
    default: true,
    description: "Whether a run is made up for that was missed while the host was off; for onCalendar only",
  }),
  unit: option({
    type: types.nullOr(unitName),
    default: null,
    description: "Unit that it starts; null is the service of the same name",
  }),
  timerConfig: option({
    type: settingsOf("Timer"),
    default: {},
    example: { WakeSystem: true },
    description: "Further settings of the [Timer] section, as systemd.timer(5) has them",
  }),
};

/** A timer, which starts a service at its times. */
export const timer = types.submodule({
  options: { ...unitBasics, ...own },
  config({ assert, config, name }, define) {
    const settings = {
      OnCalendar: config.onCalendar,
      OnActiveSec: config.onActiveSec,
      OnBootSec: config.onBootSec,
      OnStartupSec: config.onStartupSec,
      OnUnitActiveSec: config.onUnitActiveSec,
      OnUnitInactiveSec: config.onUnitInactiveSec,
      AccuracySec: config.accuracySec,
      RandomizedDelaySec: config.randomizedDelaySec,
      ...(config.persistent && [config.onCalendar].flat().length > 0 && { Persistent: true }),
      ...(config.unit !== null && { Unit: config.unit }),
    };
    const text = renderUnit(config, [["Timer", joinSettings(settings, config.timerConfig)]]);
    const full = `${name}.timer`;
    define({ name: full, text });
    if (!config.asDropIn) define({ wantedBy: mkDefault(["timers.target"]) });
    assertUnit(assert, { basics: config, name: full, text });
  },
});
