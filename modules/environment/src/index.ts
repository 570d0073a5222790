import files from "@modules/files";
import { defineModule } from "firn";
import { environmentOptions } from "./environment-options.ts";
import { findCircles } from "./order-variables.ts";
import { isEmptyEnvironment, renderEnvironmentD, renderShell } from "./render-environment.ts";

export { environmentOptions } from "./environment-options.ts";
export { findCircles } from "./order-variables.ts";
export { type Environment, isEmptyEnvironment, renderEnvironmentD, renderShell } from "./render-environment.ts";

/** Environment variables, aliases and start-up of shells, for all users. */
export default defineModule({
  name: "environment",
  imports: [files],
  options: { environment: environmentOptions },
  config({ assert, config }, define) {
    const { environment } = config;
    if (isEmptyEnvironment(environment)) return;
    for (const names of findCircles(environment.variables)) {
      assert(false, `the variables ${names.join(" and ")} stand for each other, so that none can be set first`);
    }
    define({ environment: { etc: { "profile.d/firn.sh": { text: renderShell(environment) } } } });
    if (Object.keys(environment.variables).length === 0) return;
    define({ environment: { etc: { "environment.d/60-firn.conf": { text: renderEnvironmentD(environment) } } } });
  },
});
