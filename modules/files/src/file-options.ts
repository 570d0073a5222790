import { option, types } from "firn";
import { fileMode } from "./file-mode.ts";
import { generators, names, render } from "./generators.ts";

/** One file, wherever it is. */
export const file = types.submodule({
  options: {
    enable: option({ type: types.bool, default: true, description: "Whether the file is there" }),
    text: option({
      type: types.nullOr(types.lines),
      default: null,
      description:
        'Content of the file. What "@firn/format" renders goes here where a program reads a variant of a format, such as an INI with quotes',
    }),
    ...generators,
    generated: option({
      type: types.nullOr(
        types.submodule({ options: { by: option({ type: types.str }), text: option({ type: types.str }) } }),
      ),
      default: null,
      internal: true,
      description: "Content that one of the options for settings gives, and the name of that option",
    }),
    source: option({
      type: types.nullOr(types.str),
      default: null,
      example: "./hosts/web/files/logo.png",
      description: "File of the flake with the content, from the root of the flake; of a folder all that is in it",
    }),
    to: option({ type: types.nullOr(types.str), default: null, description: "Where it leads, if it is to be a link" }),
    mode: option({
      type: types.nullOr(fileMode),
      default: null,
      example: "0640",
      description: "Permissions, in octal; makes it a file of its own",
    }),
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
  config({ assert, config }, define) {
    const given = names.filter((name) => config[name] !== null);
    const [by] = given;
    assert(given.length <= 1, `it has several contents: ${given.join(" and ")}`);
    if (by !== undefined) define({ generated: { by, text: render(by, config) } });
  },
});
