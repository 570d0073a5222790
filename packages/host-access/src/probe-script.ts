import { posix } from "node:path";
import type { ActualQuestion, Scope } from "@firn/plan";
import { accountNames } from "./account-texts.ts";
import { folderOf, listAskedPaths } from "./asked-paths.ts";
import { probeFunctions } from "./probe-functions.ts";
import { listUserUnits } from "./service-managers.ts";
import { shellQuoted } from "./shell-quoted.ts";
import { showArguments } from "./unit-query.ts";

/** Paths that one program gets: few enough for the longest paths, many enough that starting it costs little. */
const batchSize = 200;

/** First line of an answer. */
export const probeHeading = "firn-probe 1";

/** Last line of an answer: without it the answer was cut. */
export const probeEnding = "end";

/**
 * Writes a shell script that reads from a machine what a plan asks, and changes
 * nothing there. It is for the standard input of `sh`, needs coreutils (and
 * systemctl where systemd runs), and prints what `parseProbe` understands. A
 * script that arrives cut does nothing: all is in a function that the last line calls.
 *
 * @throws InternalError for a path that is not absolute and normal
 */
export function probeScript(scope: Scope, question: ActualQuestion): string {
  const paths = listAskedPaths(question);
  const folders = numberFolders(paths);
  /** The word that stands for a path: the folder that holds it may be elsewhere. */
  const wordOf = (path: string): string =>
    path === "/" ? '"$d0/"' : `"$d${folders.get(folderOf(path))}"/${shellQuoted(posix.basename(path))}`;
  const entering = [...folders].slice(1).map(([folder, number]) => {
    const above = folders.get(folderOf(folder));
    return `enter ${number} "$d${above}" ${shellQuoted(posix.basename(folder))}`;
  });
  return [
    probeFunctions,
    "probe() {",
    "LC_ALL=C QUOTING_STYLE=c; export LC_ALL QUOTING_STYLE; unset POSIXLY_CORRECT; umask 077; exec 3>&1",
    `echo ${shellQuoted(probeHeading)}`,
    `cd -P -- ${shellQuoted(scope.root)} 2>/dev/null || fail root`,
    'root=$(pwd -P; printf .); root=${root%"$nl".}; [ "$root" != / ] || root=; d0=$root',
    `state=${shellQuoted(scope.state)} home=`,
    ...entering,
    ...batchesOf(paths).map((batch) => `look ${batch.map((path) => `${wordOf(path)} /.`).join(" ")}`),
    ...paths.map((path, index) => `empty ${index} ${wordOf(path)}`),
    ...batchesOf(question.contents).map((batch) => `sums ${batch.map(wordOf).join(" ")}`),
    ...accountNames.map((name) => `account ${name}`),
    ...(scope.root === "/" ? machineLines(scope, question) : []),
    `echo ${probeEnding}`,
    "}",
    "probe </dev/null",
    "",
  ].join("\n");
}

/** Numbers the folders that hold paths, those above first; the script has a variable for each. */
export function numberFolders(paths: readonly string[]): Map<string, number> {
  const numbers = new Map([["/", 0]]);
  for (const path of paths) {
    const folder = folderOf(path);
    if (!numbers.has(folder)) numbers.set(folder, numbers.size);
  }
  return numbers;
}

/** What only a machine has: processes and managers. */
function machineLines(scope: Scope, question: ActualQuestion): string[] {
  const lines = ["grep -h '^Uid:' /proc/[0-9]*/status 2>/dev/null | sort -u"];
  if (scope.kind === "system") {
    lines.push(`if [ -d /run/systemd/system ]; then shows 0 ${showCommand(["systemctl"], question.units)}; fi`);
  }
  const { uid = "", home = "" } = scope.user ?? {};
  for (const [index, [user, units]] of listUserUnits(scope, question).entries()) {
    const command = showCommand(["systemctl", "--user"], units);
    lines.push(`user_shows ${index + 1} ${shellQuoted(user)} '${uid}' ${shellQuoted(home)} ${command}`);
  }
  return lines;
}

/** Writes no command where there is nothing to ask. */
function showCommand(command: readonly string[], units: readonly string[]): string {
  return units.length === 0 ? "" : [...command, ...showArguments(units)].map(shellQuoted).join(" ");
}

/** Splits paths into what one program gets. */
export function batchesOf(words: readonly string[]): string[][] {
  const batches: string[][] = [];
  for (let start = 0; start < words.length; start += batchSize) batches.push(words.slice(start, start + batchSize));
  return batches;
}
