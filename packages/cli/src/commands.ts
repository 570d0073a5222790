import type { Command } from "./command.ts";

/** All commands, in the order of the overview. */
export const commands: readonly Command[] = [
  {
    name: "check",
    usage: "[HOST…] [--json]",
    flags: ["json"],
    summary: "Evaluate hosts and report every problem",
    details: "Without HOST all hosts of the flake are evaluated. Exits with 1 if any has an error.",
    load: () => import("./commands/check.ts"),
  },
  {
    name: "eval",
    usage: "[HOST] [PATH] [--json] [--fresh]",
    flags: ["json", "fresh"],
    summary: "Print the configuration of a host, or the part at PATH",
    details:
      "HOST defaults to the name of this machine. PATH is an option path such as services.nginx.port. What was evaluated without problems is printed again until something changes; --fresh evaluates it all the same.",
    load: () => import("./commands/eval.ts"),
  },
  {
    name: "why",
    usage: "HOST PATH [--depth N] [--json]",
    flags: ["json", "depth"],
    summary: "Explain where a value comes from, down to the lines that define it",
    details:
      "Lists all definitions of the option: those in use, those that lost and to what, those whose condition is false; and for each what the defining function had read, N levels deep (3 by default).",
    load: () => import("./commands/why.ts"),
  },
  {
    name: "option",
    usage: "[WORDS…] [--json]",
    flags: ["json"],
    summary: "Find options by words in their path or description",
    details: "A whole path shows all that is known of that option.",
    load: () => import("./commands/option.ts"),
  },
  {
    name: "show",
    usage: "[--json]",
    flags: ["json"],
    summary: "List the hosts and modules of the flake",
    details: "",
    load: () => import("./commands/show.ts"),
  },
  {
    name: "lock",
    usage: "[--frozen] [--json]",
    flags: ["frozen", "json"],
    summary: "Pin what flake.yaml asks for and lockfile.json does not have yet",
    details:
      "What is pinned stays as it is; to move it, use firn update. Fetches the inputs and links their packages. With --frozen, and by default where CI is set, nothing is pinned: a lock that does not fit is an error.",
    load: () => import("./commands/lock.ts"),
  },
  {
    name: "update",
    usage: "[INPUT…] [--dry-run] [--commit] [--json] [--override INPUT=WHAT] [--accept-moved-tag INPUT]",
    flags: ["dryRun", "commit", "json", "override", "acceptMovedTag"],
    summary: "Move inputs to the newest that flake.yaml allows",
    details:
      "Without INPUT all are moved; a path such as core/log moves an input of an input. --override takes another version, or commit, branch or tag, than the newest, until the next update. A tag that leads elsewhere than it did is refused unless --accept-moved-tag names its input.",
    load: () => import("./commands/update.ts"),
  },
  {
    name: "outdated",
    usage: "[--json]",
    flags: ["json"],
    summary: "List the inputs for which there is something newer",
    details: "Asks each repository; changes nothing.",
    load: () => import("./commands/outdated.ts"),
  },
  {
    name: "verify",
    usage: "[INPUT…]",
    flags: [],
    summary: "Hash all inputs anew and compare them with lockfile.json",
    details: "Fetches what is not in the cache, and asks the repositories whether tags still lead where they did.",
    load: () => import("./commands/verify.ts"),
  },
  {
    name: "input",
    usage:
      "add NAME SOURCE [--semver RANGE | --ref REF | --rev COMMIT] [--dir DIR] [--tag-prefix PREFIX] [--submodules] [--no-flake] [--dev] | add NAME --follows INPUT | remove NAME | list [--json]",
    flags: ["json", "semver", "ref", "rev", "dir", "tagPrefix", "follows", "submodules", "noFlake", "dev"],
    summary: "Add, remove or list the inputs of the flake",
    details:
      "Edits flake.yaml with its comments and layout kept, and locks. SOURCE is an address for git, or a path that starts with ./ or ../.",
    load: () => import("./commands/input.ts"),
  },
  {
    name: "init",
    usage: "",
    flags: [],
    summary: "Make this folder a flake, or complete it",
    details:
      "Writes the files of a flake that are not there yet, and tells git how to merge lockfile.json; what is there stays as it is.",
    load: () => import("./commands/init.ts"),
  },
  {
    name: "merge-lock",
    usage: "BASE OURS THEIRS",
    flags: [],
    hidden: true,
    summary: "Merge lockfile.json, as git calls it",
    details: "Merges the pins one by one and writes the result to OURS. firn init tells git to use it.",
    load: () => import("./commands/merge-lock.ts"),
  },
];
