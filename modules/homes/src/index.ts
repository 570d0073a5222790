import environment from "@modules/environment";
import { defineModule, option, types } from "firn";
import { homeEnvironment } from "./home-environment.ts";
import { homeFiles } from "./home-files.ts";
import { hasPackages, homePackages, profileLines } from "./home-packages.ts";
import { homeUnits } from "./home-units.ts";

const home = types.submodule({ imports: [homeFiles, homeEnvironment, homePackages, homeUnits] });

/** What is in the homes of users. */
export default defineModule({
  name: "homes",
  imports: [environment],
  options: {
    homes: option({
      type: types.attrsOf(home, { placeholder: "user" }),
      default: {},
      example: { ada: { files: { ".vimrc": { text: "set number" } } } },
      description: "Homes, by the name of their user",
    }),
  },
  config({ config }, define) {
    // Shells read this at a login, whatever is in the home of the user.
    if (Object.values(config.homes).some(hasPackages)) define({ environment: { shellInit: profileLines } });
  },
});
