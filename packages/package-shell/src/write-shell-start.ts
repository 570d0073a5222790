import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { makeFolder, placeFolder } from "./place-folder.ts";
import { quoteWord } from "./quote-word.ts";
import { treeFolders, type Variables } from "./shell-environment.ts";

/** An interactive shell to start. */
export interface ShellStart {
  /** Program, as SHELL names it: "/usr/bin/zsh". */
  readonly shell: string;
  /** What the prompt shows; plain text. */
  readonly prompt: string;
  /** Where files that shells read at their start are kept; absolute. */
  readonly folder: string;
  /** Variables of the user who starts it. */
  readonly environment: Variables;
}

/** How to start an interactive shell. */
export interface ShellCommand {
  readonly args: readonly string[];
  /** Variables that it needs besides. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Writes what an interactive shell reads at its start, and says how to start
 * it: after the user's own files, it shows where it is, and looks for programs
 * in the tree first, whatever those files did to PATH. A shell that is not
 * bash, zsh or fish gets a plain prompt.
 */
export function writeShellStart(start: ShellStart): ShellCommand {
  const name = basename(start.shell);
  if (name === "bash") return startBash(start);
  if (name === "zsh") return startZsh(start);
  if (name === "fish") return startFish(start);
  return { args: [], environment: { PS1: `(${start.prompt}) $ ` } };
}

const first = treeFolders.join(":");

/** Both bash and zsh read it. */
const pathLine = `case $PATH in ${first}|${first}:*) ;; *) PATH=${first}:$PATH ;; esac`;

function startBash({ folder, prompt }: ShellStart): ShellCommand {
  // Bash reads backslashes of a prompt twice: as its own, and as those of a word between double quotes.
  const plain = prompt.replaceAll(/[\\$`]/g, (letter) => `\\\\${letter === "\\" ? "\\\\" : letter}`);
  const shown = quoteWord(`(${plain}) `);
  const lines = ["[ ! -r /etc/bash.bashrc ] || . /etc/bash.bashrc", "[ ! -r ~/.bashrc ] || . ~/.bashrc"];
  const files = { bashrc: [...lines, pathLine, `PS1=${shown}$PS1`] };
  return { args: ["--rcfile", join(writeFiles(folder, files), "bashrc")], environment: {} };
}

/** ZDOTDIR is where zsh looks for its files: it is the user's own again while theirs are read. */
function startZsh({ environment, folder, prompt }: ShellStart): ShellCommand {
  const zshenv = [
    "FIRN_START=$ZDOTDIR",
    "ZDOTDIR=${FIRN_ZDOTDIR:-$HOME}",
    '[ ! -r "$ZDOTDIR/.zshenv" ] || . "$ZDOTDIR/.zshenv"',
    "FIRN_ZDOTDIR=$ZDOTDIR ZDOTDIR=$FIRN_START",
  ];
  const zshrc = [
    "ZDOTDIR=$FIRN_ZDOTDIR",
    "unset FIRN_START FIRN_ZDOTDIR",
    '[ ! -r "$ZDOTDIR/.zshrc" ] || . "$ZDOTDIR/.zshrc"',
    pathLine,
    `PROMPT=${quoteWord(`(${prompt.replaceAll("%", "%%")}) `)}$PROMPT`,
  ];
  const files = writeFiles(folder, { ".zshenv": zshenv, ".zshrc": zshrc });
  const theirs = environment["ZDOTDIR"];
  return { args: [], environment: { ZDOTDIR: files, ...(theirs && { FIRN_ZDOTDIR: theirs }) } };
}

/** Fish runs commands after its own files; its prompt is a function. */
function startFish({ prompt }: ShellStart): ShellCommand {
  const shown = `'${`(${prompt}) `.replaceAll(/[\\']/g, "\\$&")}'`;
  const lines = [
    `set -gx PATH ${treeFolders.join(" ")} $PATH`,
    "functions --copy fish_prompt firn_own_prompt",
    `function fish_prompt; printf %s ${shown}; firn_own_prompt; end`,
  ];
  return { args: ["--init-command", lines.join("; ")], environment: {} };
}

/** Equal files are written once. @returns their folder */
function writeFiles(folder: string, files: Readonly<Record<string, readonly string[]>>): string {
  const hash = createHash("sha256").update(JSON.stringify(files)).digest("hex");
  const place = join(folder, hash);
  placeFolder(place, (finished) => {
    makeFolder(finished);
    for (const [name, lines] of Object.entries(files)) writeFileSync(join(finished, name), `${lines.join("\n")}\n`);
  });
  return place;
}
