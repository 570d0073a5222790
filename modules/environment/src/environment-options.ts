import { explainedStr, nameChecked } from "@modules/explained-types";
import { option, types } from "firn";

/** Names of variables that are the shell's own: to set one ends the file that does so. */
const fixed = new Set(["BASHOPTS", "BASH_VERSINFO", "EUID", "OPTIND", "PPID", "SHELLOPTS", "UID"]);

/** Words of the shell's language: with an alias in their place no script could be read. */
const words = new Set("! case do done elif else esac fi for if in then until while".split(" "));

/** Says what no line of a start-up file can hold: systemd leaves such a variable out without a word. */
function checkLine(text: string): string | undefined {
  if (/[\n\r]/.test(text)) return "It is written in one line";
  if (/[^\P{Cc}\t]/u.test(text)) return "It has no control characters but tabs";
  return /\p{Surrogate}/u.test(text) ? "It is made of whole characters" : undefined;
}

const line = explainedStr({ description: "text of one line", check: checkLine });

const variable = nameChecked(types.coercedTo(types.float, String, line), {
  kind: "a variable",
  check(name) {
    if (fixed.has(name)) return "The shell sets it, and nobody else can";
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return undefined;
    return "A name has letters, digits and _, and begins with none of the digits";
  },
});

const alias = nameChecked(line, {
  kind: "an alias",
  check(name) {
    if (words.has(name)) return "It is a word of the shell's language";
    if (/^[A-Za-z0-9_!%,@.:+][\w!%,@.:+-]*$/.test(name)) return undefined;
    return "A name has letters, digits and some of !%,@.:+-_, and does not begin with a dash";
  },
});

/** Options for the environment of whoever logs in: that of all users, or of one. */
export const environmentOptions = {
  variables: option({
    type: types.attrsOf(variable, { placeholder: "variable" }),
    default: {},
    example: { EDITOR: "vim", PATH: "$HOME/bin:$PATH" },
    description:
      "Environment variables of logins and of users' services. $NAME and ${NAME} stand for the value of a variable, of the same one for what it was before; $$ for a dollar sign. Nothing else is replaced, and nothing is run",
  }),
  shellAliases: option({
    type: types.attrsOf(alias, { placeholder: "alias" }),
    default: {},
    example: { ll: "ls -l" },
    description: "Commands of interactive shells, by the name that is typed for them",
  }),
  shellInit: option({
    type: types.lines,
    default: "",
    example: "umask 027",
    description: "Lines of sh that a shell runs when it starts",
  }),
};
