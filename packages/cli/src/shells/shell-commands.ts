import type { Command } from "../command.ts";

/** Commands that run programs of packages which the machine need not have. */
export const shellCommands: readonly Command[] = [
  {
    name: "shell",
    usage: "PACKAGE… [--source NAME] [--pure] [-- COMMAND…]",
    flags: ["source", "pure"],
    takesRest: true,
    summary: "Start a shell that has some packages, which the machine need not have",
    details:
      "A package is written jq, jq/backports from the source of that name, or jq=1.6-2.1 in that version; versions follow from the lock of the flake. Needs no root and installs nothing: the programs see the packages, and what they need, as /usr. With COMMAND that runs instead. --source names the sources to take packages from; --pure leaves out all other programs and variables.",
    load: () => import("../commands/shell.ts"),
  },
  {
    name: "run",
    usage: "PACKAGE [--source NAME] [--pure] [-- COMMAND…]",
    flags: ["source", "pure"],
    takesRest: true,
    summary: "Run a program of a package, which the machine need not have",
    details: "Without COMMAND the program that is called like the package, or its only one.",
    load: () => import("../commands/run.ts"),
  },
  {
    name: "develop",
    usage: "[NAME] [--pure] [--direnv | -- COMMAND…]",
    flags: ["pure", "direnv"],
    takesRest: true,
    summary: "Enter a development shell of the flake, or run a command in it",
    details:
      'NAME is one below shells in flake.yaml, "default" where it is missing. Its packages are those of the lock. --direnv prints what an .envrc evaluates: eval "$(firn develop --direnv)".',
    load: () => import("../commands/develop.ts"),
  },
];
