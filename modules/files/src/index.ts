import { defineModule, option, types } from "firn";

const mode = types.nullOr(types.strMatching(/[0-7]{3,4}/));

/** One file, wherever it is. */
export const file = types.submodule({
  options: {
    enable: option({ type: types.bool, default: true, description: "Whether the file is there" }),
    text: option({ type: types.nullOr(types.lines), default: null, description: "Content of the file" }),
    source: option({
      type: types.nullOr(types.str),
      default: null,
      example: "./hosts/web/files/logo.png",
      description: "File of the flake with the content, from the root of the flake; of a folder all that is in it",
    }),
    to: option({ type: types.nullOr(types.str), default: null, description: "Where it leads, if it is to be a link" }),
    mode: option({ type: mode, default: null, description: "Permissions, in octal; makes it a file of its own" }),
    user: option({ type: types.nullOr(types.str), default: null, description: "Owner; makes it a file of its own" }),
    group: option({ type: types.nullOr(types.str), default: null, description: "Group; makes it a file of its own" }),
    link: option({
      type: types.nullOr(types.bool),
      default: null,
      description:
        "Whether it is a link into the generation, which changes with all others at once, or a file of its own",
    }),
    executable: option({ type: types.nullOr(types.bool), default: null, description: "Whether it can be run" }),
    takeOver: option({
      type: types.bool,
      default: false,
      description: "Whether a file that is there is taken over unasked; it comes back when this one goes",
    }),
  },
});

/** One directory, wherever it is. */
export const directory = types.submodule({
  options: {
    mode: option({ type: types.strMatching(/[0-7]{3,4}/), default: "0755", description: "Permissions, in octal" }),
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
