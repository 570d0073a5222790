import { environmentOptions, isEmptyEnvironment, renderEnvironmentD, renderShell } from "@modules/environment";
import { file } from "@modules/files";
import { hook } from "@modules/hooks";
import { scriptFiles, unitFamilies } from "@modules/systemd";
import { defineModule, option, types } from "firn";

const directory = types.submodule({
  options: {
    mode: option({ type: types.strMatching(/[0-7]{3,4}/), default: "0755", description: "Permissions, in octal" }),
  },
});

/** Below the home: what shells read, and the programs that are scripts of services. */
const shellFile = ".config/firn/shell.sh";
const scriptFolder = ".config/firn/scripts";

const home = types.submodule({
  options: {
    files: option({
      type: types.attrsOf(file, { placeholder: "path" }),
      default: {},
      example: { ".config/git/config": { ini: { user: { name: "Ada" } } } },
      description: "Files, by their path relative to the home",
    }),
    directories: option({
      type: types.attrsOf(directory, { placeholder: "path" }),
      default: {},
      description: "Directories that are there, by their path relative to the home",
    }),
    hooks: option({
      type: types.attrsOf(hook),
      default: {},
      description: "Commands that run as the user when a switch changes certain files of the home",
    }),
    environment: {
      ...environmentOptions,
      startUpFiles: option({
        type: types.listOf(types.enum([".profile", ".bash_profile", ".bashrc", ".zprofile", ".zshrc"])),
        default: [],
        example: [".profile", ".bashrc"],
        description: `Start-up files of shells that are Firn's and read ~/${shellFile}; others can read it, too`,
      }),
    },
    systemd: unitFamilies(`%h/${scriptFolder}`),
  },
  config({ config }, define) {
    const { environment, systemd } = config;
    for (const [name, script] of Object.entries(scriptFiles(systemd.services))) {
      define({ files: { [`${scriptFolder}/${name}`]: script } });
    }
    if (isEmptyEnvironment(environment) && environment.startUpFiles.length === 0) return;
    define({ files: { [shellFile]: { text: renderShell(environment) } } });
    for (const name of environment.startUpFiles) define({ files: { [name]: { text: `. "$HOME/${shellFile}"\n` } } });
    if (Object.keys(environment.variables).length === 0) return;
    define({ files: { ".config/environment.d/60-firn.conf": { text: renderEnvironmentD(environment) } } });
  },
});

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
