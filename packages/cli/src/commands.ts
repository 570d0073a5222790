import type { Command } from "./command.ts";
import { shellCommands } from "./shells/shell-commands.ts";

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
    usage: "HOST PATH|FILE|PACKAGE [--depth N] [--json]",
    flags: ["json", "depth"],
    summary: "Explain where a value comes from, down to the lines that define it",
    details:
      "PATH is an option path, FILE a path of the machine, PACKAGE one that the lock has for the host. Lists all definitions of the option: those in use, those that lost and to what, those whose condition is false; and for each what the defining function had read, N levels deep (3 by default).",
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
    name: "build",
    usage: "[HOST] [--root DIR] [--json]",
    flags: ["json", "root", "user"],
    summary: "Build the generation of a host and print its path",
    details: "Needs no root, and does nothing when nothing changed.",
    load: () => import("./commands/build.ts"),
  },
  {
    name: "cache",
    usage: "push|pull HOST REGISTRY [--root DIR] [--json]",
    flags: ["json", "root", "user"],
    summary: "Push the packages of a host to an OCI registry, or pull them",
    details:
      "REGISTRY is host:port/repository. Only what is missing moves; whatever arrives is checked against the lock.",
    load: () => import("./commands/cache.ts"),
  },
  ...shellCommands,
  {
    name: "test",
    usage: "[HOST…]",
    flags: [],
    summary: "Run the tests of hosts, each on a machine that is thrown away",
    details:
      "The tests of a host stand in host-test.ts beside its entry. Without HOST all tests of the flake are run. Needs root on Debian, for containers. Exits with 1 if any test fails.",
    load: () => import("./commands/test.ts"),
  },
  {
    name: "plan",
    usage: "[HOST] [--root DIR | --user] [--all] [--take-over] [--json | --script] [--out FILE]",
    flags: ["root", "user", "all", "takeOver", "json", "script", "out"],
    summary: "Show what a switch would change, and change nothing",
    details:
      "Exits with 2 when there is something to do. --all shows every line; --script the shell script that would run; --out writes the plan to a file, for firn switch --plan FILE. Run by an ordinary user it is about the home of that user.",
    load: () => import("./commands/plan.ts"),
  },
  {
    name: "diff",
    usage: "A B | HOST --from COMMIT [--root DIR] [--json]",
    flags: ["root", "user", "from", "json"],
    summary: "Show what two generations, hosts or commits have different",
    details:
      "A and B are numbers of generations, names of generations in the store, or hosts of the flake. With --from, HOST at that commit of the flake is compared with HOST as it is now. Looks at no machine; exits with 2 when there is a difference.",
    load: () => import("./commands/diff.ts"),
  },
  {
    name: "switch",
    usage:
      "[HOST] [--root DIR | --user] [--take-over] [--dry-run] [--plan FILE | --generation NAME | --to-none] [--all]",
    flags: ["root", "user", "all", "takeOver", "dryRun", "plan", "generation", "toNone", "json", "script", "out"],
    summary: "Make a machine what its host says",
    details:
      "Shows the plan and carries it out as one transaction: it goes back by itself when a unit does not start or a check does not succeed, and exits with 3; with 4 when it could not. --take-over replaces files that are in the way, and keeps them; --plan carries out exactly what was saved; --generation takes what firn build put into the store, without a flake; --to-none takes away all that Firn brought; --root switches a folder, in which nothing is started.",
    load: () => import("./commands/switch.ts"),
  },
  {
    name: "rollback",
    usage: "[NUMBER] [--root DIR | --user]",
    flags: ["root", "user", "all", "takeOver"],
    summary: "Go back to an earlier generation",
    details: "Without NUMBER to the one before the current. It is a switch like any other.",
    load: () => import("./commands/rollback.ts"),
  },
  {
    name: "generations",
    usage: "[--root DIR | --user] [--json]",
    flags: ["root", "user", "json"],
    summary: "List the generations of this machine",
    details: "",
    load: () => import("./commands/generations.ts"),
  },
  {
    name: "status",
    usage: "[--root DIR | --user] [--adopt PATH] [--revert PATH] [--all] [--json]",
    flags: ["root", "user", "adopt", "revert", "all", "json"],
    summary: "Tell how this machine differs from its current generation",
    details:
      "Exits with 2 when it does. --revert makes a path, unit or account as it was; --adopt copies a file as it is into the flake.",
    load: () => import("./commands/status.ts"),
  },
  {
    name: "gc",
    usage: "[--keep COUNT] [--older-than AGE] [--root DIR | --user] [--json]",
    flags: ["keep", "olderThan", "root", "user", "json"],
    summary: "Remove what no generation needs any more",
    details:
      "--keep and --older-than forget generations first: all but the newest COUNT, those older than AGE (such as 30d). The current one always stays.",
    load: () => import("./commands/gc.ts"),
  },
  {
    name: "store",
    usage: "verify [--repair] [--root DIR | --user] [--json]",
    flags: ["repair", "root", "user", "json"],
    summary: "Verify the contents of the store",
    details:
      "--repair restores what is damaged from good copies: files of the machine, and hosts of the flake of this folder.",
    load: () => import("./commands/store.ts"),
  },
  {
    name: "lock",
    usage: "[--frozen] [--json]",
    flags: ["frozen", "json"],
    summary: "Pin what flake.yaml and hosts ask for and lockfile.json does not have yet",
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
      "Without INPUT all are moved; a path such as core/log moves an input of an input, and the name of a package source moves that to what it has now, and the packages of hosts with it. --override takes another version, or commit, branch or tag, than the newest, until the next update. A tag that leads elsewhere than it did is refused unless --accept-moved-tag names its input.",
    load: () => import("./commands/update.ts"),
  },
  {
    name: "outdated",
    usage: "[--json]",
    flags: ["json"],
    summary: "List the inputs and packages for which there is something newer",
    details: "Asks each repository and package source; changes nothing.",
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
      "add NAME SOURCE [--semver RANGE | --ref REF | --rev COMMIT] [--dir DIR] [--tag-prefix PREFIX] [--submodules] [--no-flake] [--dev] | add NAME --follows INPUT | add NAME --apt ADDRESS --suite SUITE… --key FINGERPRINT… [--component COMPONENT…] [--keyring FILE] | remove NAME | list [--json]",
    flags: [
      "json",
      "semver",
      "ref",
      "rev",
      "dir",
      "tagPrefix",
      "follows",
      "submodules",
      "noFlake",
      "dev",
      "apt",
      "suite",
      "component",
      "key",
      "keyring",
    ],
    summary: "Add, remove or list the inputs of the flake",
    details:
      "Edits flake.yaml with its comments and layout kept, and locks. SOURCE is an address for git, or a path that starts with ./ or ../. With --apt the input is a source of packages.",
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
