import files from "@modules/files";
import { defineModule } from "firn";
import { findLostTimers, scriptFiles, unitFamilies } from "./unit-families.ts";

export { findLostTimers, scriptFiles, unitFamilies } from "./unit-families.ts";

/** Units of systemd, and those of the users' systemd. */
export default defineModule({
  name: "systemd",
  imports: [files],
  options: {
    systemd: {
      ...unitFamilies("/etc/firn/scripts"),
      user: unitFamilies("/etc/firn/user-scripts"),
    },
  },
  config({ assert, config }, define) {
    const { systemd } = config;
    for (const [folder, units] of [["scripts", systemd] as const, ["user-scripts", systemd.user] as const]) {
      for (const [name, file] of Object.entries(scriptFiles(units.services))) {
        define({ environment: { etc: { [`firn/${folder}/${name}`]: file } } });
      }
      for (const name of findLostTimers(units)) {
        assert(
          false,
          `the timer "${name}" starts a service that is not defined; one of the distribution is named in "unit"`,
        );
      }
    }
  },
});
