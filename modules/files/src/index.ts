import { defineModule, option, types } from "firn";
import { fileMode } from "./file-mode.ts";
import { file } from "./file-options.ts";

export { fileMode } from "./file-mode.ts";
export { file } from "./file-options.ts";

/** One directory, wherever it is. */
export const directory = types.submodule({
  options: {
    mode: option({ type: fileMode, default: "0755", description: "Permissions, in octal" }),
    user: option({ type: types.str, default: "root", description: "Owner" }),
    group: option({ type: types.str, default: "root", description: "Group" }),
  },
});

/** Files and directories of the system. */
export default defineModule({
  name: "files",
  options: {
    environment: {
      etc: option({
        type: types.attrsOf(file, { placeholder: "path" }),
        default: {},
        example: { motd: { text: "Welcome" } },
        description: "Files below /etc, by their path relative to it",
      }),
      files: option({
        type: types.attrsOf(file, { placeholder: "path" }),
        default: {},
        example: { "/srv/www/index.html": { text: "<h1>Hello</h1>" } },
        description: "Files anywhere, by their absolute path",
      }),
      directories: option({
        type: types.attrsOf(directory, { placeholder: "path" }),
        default: {},
        example: { "/srv/data": { mode: "0750", user: "www-data" } },
        description: "Directories that are there, by their absolute path; what is in them is not managed",
      }),
    },
  },
});
