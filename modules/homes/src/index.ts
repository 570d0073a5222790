import { defineModule, option, types } from "firn";
import { homeEnvironment } from "./home-environment.ts";
import { homeFiles } from "./home-files.ts";
import { homeUnits } from "./home-units.ts";

const home = types.submodule({ imports: [homeFiles, homeEnvironment, homeUnits] });

/** What is in the homes of users. */
export default defineModule({
  name: "homes",
  options: {
    homes: option({
      type: types.attrsOf(home, { placeholder: "user" }),
      default: {},
      example: { ada: { files: { ".vimrc": { text: "set number" } } } },
      description: "Homes, by the name of their user",
    }),
  },
});
