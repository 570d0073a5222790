import {
  environmentOptions,
  findCircles,
  isEmptyEnvironment,
  renderEnvironmentD,
  renderShell,
} from "@modules/environment";
import { defineModule, mkBefore, option, types } from "firn";
import { homeFiles } from "./home-files.ts";

/** What shells read, below the home. */
const shellFile = ".config/firn/shell.sh";

/**
 * What the user's systemd reads. The file for all users has another name: of two
 * with one name only that of the home is read, environment.d(5), and it is read
 * before this one.
 */
const variablesFile = ".config/environment.d/70-firn.conf";

/** Environment variables, aliases and start-up of shells, for one user. */
export const homeEnvironment = defineModule({
  name: "home-environment",
  imports: [homeFiles],
  options: {
    environment: {
      ...environmentOptions,
      startUpFiles: option({
        type: types.listOf(types.enum([".profile", ".bash_profile", ".bashrc", ".zprofile", ".zshrc"])),
        default: [],
        example: [".profile", ".bashrc"],
        description: `Start-up files of shells that are Firn's and read ~/${shellFile} first; their other lines are given in "files". A file of your own can read it, too`,
      }),
    },
  },
  config({ assert, config }, define) {
    const { environment } = config;
    if (isEmptyEnvironment(environment) && environment.startUpFiles.length === 0) return;
    for (const names of findCircles(environment.variables)) {
      assert(false, `the variables ${names.join(" and ")} stand for each other, so that none can be set first`);
    }
    define({ files: { [shellFile]: { text: renderShell(environment) } } });
    for (const name of environment.startUpFiles) {
      // Before what else the file has, which may use it.
      define({ files: { [name]: { text: mkBefore(`. "$HOME/${shellFile}"\n`) } } });
    }
    if (Object.keys(environment.variables).length === 0) return;
    define({ files: { [variablesFile]: { text: renderEnvironmentD(environment) } } });
  },
});
