import { file } from "@modules/files";
import { hook } from "@modules/hooks";
import { defineModule, option, types } from "firn";

const directory = types.submodule({
  options: {
    mode: option({ type: types.strMatching(/[0-7]{3,4}/), default: "0755", description: "Permissions, in octal" }),
  },
});

const home = types.submodule({
  options: {
    files: option({
      type: types.attrsOf(file, { placeholder: "path" }),
      default: {},
      example: { ".config/git/config": { text: "[user]\n  name = Ada" } },
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
