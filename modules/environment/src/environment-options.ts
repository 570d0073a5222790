import { explainedStr, nameChecked } from "@modules/explained-types";
import { option, types } from "firn";

const value = explainedStr({
  description: "text of one line",
  check: (text) => (/[\n\r\0]/.test(text) ? "A variable is written in one line" : undefined),
});
const variable = nameChecked(types.coercedTo(types.float, String, value), {
  kind: "a variable",
  check: (name) =>
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
      ? undefined
      : "A name has letters, digits and _, and begins with none of the digits",
});
const alias = nameChecked(value, {
  kind: "an alias",
  check: (name) => (/^[\w!%,@.:+-]+$/.test(name) ? undefined : "A name has letters, digits and some of !%,@.:+-_"),
});

/** Options for the environment of whoever logs in: that of all users, or of one. */
export const environmentOptions = {
  variables: option({
    type: types.attrsOf(variable, { placeholder: "variable" }),
    default: {},
    example: { EDITOR: "vim", PATH: "$HOME/bin:$PATH" },
    description: "Environment variables of logins and of users' services; $NAME stands for the value of another one",
  }),
  shellAliases: option({
    type: types.attrsOf(alias, { placeholder: "alias" }),
    default: {},
    example: { ll: "ls -l" },
    description: "Commands of shells, by the name that is typed for them",
  }),
  shellInit: option({
    type: types.lines,
    default: "",
    example: "umask 027",
    description: "Lines of sh that a shell runs when it starts",
  }),
};
