import { file, fileMode } from "@modules/files";
import { hook } from "@modules/hooks";
import { defineModule, option, types } from "firn";

const directory = types.submodule({
  options: {
    mode: option({ type: fileMode, default: "0755", description: "Permissions, in octal" }),
  },
});

/** Files and directories of a home, and what runs when they change. */
export const homeFiles = defineModule({
  name: "home-files",
  options: {
    files: option({
      type: types.attrsOf(file, { placeholder: "path" }),
      default: {},
      example: { ".vimrc": { text: "set number" } },
      description: "Files, by their path relative to the home",
    }),
    xdg: {
      config: option({
        type: types.attrsOf(file, { placeholder: "path" }),
        default: {},
        example: { "git/config": { ini: { user: { name: "Ada" } } } },
        description: "Files below .config, by their path relative to it",
      }),
    },
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
  },
});
