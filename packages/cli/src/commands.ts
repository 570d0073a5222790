import type { Command } from "./command.ts";

/** All commands, in the order of the overview. */
export const commands: readonly Command[] = [
  {
    name: "check",
    usage: "[HOST…]",
    summary: "Evaluate hosts and report every problem",
    details: "Without HOST all hosts of the flake are evaluated. Exits with 1 if any has an error.",
    load: () => import("./commands/check.ts"),
  },
  {
    name: "eval",
    usage: "[HOST] [PATH] [--json] [--fresh]",
    summary: "Print the configuration of a host, or the part at PATH",
    details:
      "HOST defaults to the name of this machine. PATH is an option path such as services.nginx.port. What was evaluated without problems is printed again until something changes; --fresh evaluates it all the same.",
    load: () => import("./commands/eval.ts"),
  },
  {
    name: "why",
    usage: "HOST PATH [--depth N] [--json]",
    summary: "Explain where a value comes from, down to the lines that define it",
    details:
      "Lists all definitions of the option: those in use, those that lost and to what, those whose condition is false; and for each what the defining function had read, N levels deep (3 by default).",
    load: () => import("./commands/why.ts"),
  },
  {
    name: "option",
    usage: "[WORDS…] [--json]",
    summary: "Find options by words in their path or description",
    details: "A whole path shows all that is known of that option.",
    load: () => import("./commands/option.ts"),
  },
  {
    name: "show",
    usage: "[--json]",
    summary: "List the hosts and modules of the flake",
    details: "",
    load: () => import("./commands/show.ts"),
  },
];
