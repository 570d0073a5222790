import { findLostTimers, scriptFiles, unitFamilies } from "@modules/systemd";
import { defineModule } from "firn";
import { homeFiles } from "./home-files.ts";

/** Where the programs are that are scripts of services, below the home. */
const scriptFolder = ".config/firn/scripts";

/** Units of one user's systemd. */
export const homeUnits = defineModule({
  name: "home-units",
  imports: [homeFiles],
  options: { systemd: unitFamilies(`%h/${scriptFolder}`) },
  config({ assert, config }, define) {
    const { systemd } = config;
    for (const name of findLostTimers(systemd)) {
      assert(
        false,
        `the timer "${name}" starts a service that is not defined; one of the distribution is named in "unit"`,
      );
    }
    for (const [name, script] of Object.entries(scriptFiles(systemd.services))) {
      define({ files: { [`${scriptFolder}/${name}`]: script } });
    }
  },
});
