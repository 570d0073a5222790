import { explainedStr } from "@modules/explained-types";
import { defineModule, option, types } from "firn";

const command = explainedStr({
  description: "command for sh",
  check(text) {
    if (text.trim() === "") return "A command is not empty";
    return text.includes("\0") ? "A command has no null characters" : undefined;
  },
});

/** One hook. */
export const hook = types.submodule({
  options: {
    run: option({
      type: command,
      example: "update-ca-certificates",
      description: "Command for sh; FIRN_HOOK_STATE names a folder in which it can remember things",
    }),
    undo: option({
      type: types.nullOr(command),
      default: null,
      description: "Command that runs when the hook is no longer defined, after its files are gone",
    }),
    onChange: option({
      type: types.listOf(types.nonEmptyStr),
      default: [],
      example: ["/etc/ssl/"],
      description:
        'Paths of files; the command runs when a switch changes one of them. One that ends with "/" means all below it',
    }),
  },
});

const check = types.submodule({
  options: {
    run: option({ type: command, example: "curl -f http://localhost/", description: "Command for sh" }),
    timeout: option({
      type: types.ints.between(0, 86_400),
      default: 0,
      description: "Seconds for which it is tried again until it succeeds",
    }),
  },
});

/** Commands that take part in a switch. */
export default defineModule({
  name: "hooks",
  options: {
    hooks: option({
      type: types.attrsOf(hook),
      default: {},
      description: "Commands that run when a switch changes certain files, after the files and before units start",
    }),
    checks: {
      before: option({
        type: types.attrsOf(check),
        default: {},
        description: "Commands that must succeed before anything is changed",
      }),
      after: option({
        type: types.attrsOf(check),
        default: {},
        example: { web: { run: "curl -f http://localhost/", timeout: 10 } },
        description: "Commands that must succeed after a switch, or it goes back",
      }),
    },
  },
});
