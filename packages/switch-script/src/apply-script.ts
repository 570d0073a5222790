import { armBoot } from "./boot-unit.ts";
import { changeFiles, keepFiles, makeReady } from "./change-files.ts";
import type { Switching } from "./switching.ts";
import { guardLines } from "./guard-lines.ts";
import { sortPathWork } from "./path-work.ts";
import { checkLines, hookLines } from "./run-commands.ts";
import {
  changePackages,
  checkPackages,
  givePathsBack,
  keepPackages,
  packageFunctions,
  startPackaged,
} from "./switch-packages.ts";
import { describePlan, lockLines, scriptHead } from "./script-head.ts";
import { directoryOf, ScriptPaths } from "./script-paths.ts";
import { applyFunctions, commonFunctions } from "./shell-functions.ts";
import { callWith } from "./shell-text.ts";
import { renderStages, type Stage } from "./stages.ts";
import { proofLines, reloadManagers, startUnits, stopUnits } from "./switch-units.ts";

/** Writes the script that carries a plan out. */
export function applyScript(switching: Switching): string {
  const { plan } = switching;
  const paths = new ScriptPaths(plan.scope);
  const work = sortPathWork(plan.files);
  const context = { paths, scope: plan.scope };
  const stages: Stage[] = [
    { title: "Run the checks before", lines: checkLines(plan.checks.before, "refuse") },
    { title: "Look whether all is as it was planned", lines: lookAgain(switching, paths) },
    { lines: begin(switching) },
    { title: "Keep what is replaced", lines: [...keepFiles(work.all, paths), ...keepPackages(switching)] },
    { title: "Make ready", lines: makeReady(work, context) },
    {
      lines: [
        ...syncLines(
          work.staged.map(({ path }) => path),
          paths,
        ),
      ],
    },
    { title: "Stop units", lines: stopUnits(plan) },
    {
      title: "Change accounts",
      lines: switching.accounts.map((name) => `place_account ${name} ${paths.at(`/etc/${name}`)}`),
    },
    { title: "Change files", lines: [...moveCurrent(switching), ...changeFiles(work, context)] },
    { title: "Change packages", lines: changePackages(switching) },
    { title: "Give back to packages what is theirs", lines: givePathsBack(switching) },
    { title: "Run hooks", lines: [...reloadManagers(plan), ...hookLines(plan)] },
    { title: "Start units", lines: [...startUnits(plan), ...startPackaged(switching)] },
    { title: "Look whether it works", lines: [...proofLines(plan), ...checkLines(plan.checks.after, "fail")] },
    { lines: commit() },
  ];
  const head = [
    ...scriptHead(switching, `Switches ${describePlan(plan)}.`),
    commonFunctions,
    applyFunctions,
    ...packageFunctions(switching),
  ];
  return `${[...head, "", ...transaction, ...renderStages(stages)].join("\n")}\n`;
}

/** Whatever ends the script after it began and before it is proved takes it back. */
const transaction = [
  "phase=before",
  "end() {",
  "  status=$?",
  "  trap '' EXIT INT TERM HUP",
  `  [ "$phase" = begun ] && [ -d "$S"/journal ] || exit "$status"`,
  `  say 'Going back to what it was'`,
  `  sh "$S"/journal/revert.sh`,
  "  exit $?",
  "}",
  "trap end EXIT",
  "trap 'exit 130' INT",
  "trap 'exit 143' TERM",
  "trap 'exit 129' HUP",
  "set -eu",
  "",
  ...lockLines("refuse"),
  `[ ! -d "$S"/journal ] || refuse "an earlier switch was interrupted: run sh $S/journal/revert.sh"`,
];

function lookAgain(switching: Switching, paths: ScriptPaths): string[] {
  const { accounts, plan } = switching;
  const hasContents = plan.files.some(({ before }) => before.kind === "file" && before.content !== undefined);
  return [
    ...checkPackages(switching),
    ...guardLines(plan.files, paths),
    ...(hasContents
      ? [`sha256sum --check --quiet "$S"/journal.new/checksums >&2 || refuse "a file was changed since"`]
      : []),
    ...accounts.map(
      (name) =>
        `cmp -s -- "$S"/journal.new/account-before-${name} ${paths.at(`/etc/${name}`)} || refuse "/etc/${name} was changed since"`,
    ),
  ];
}

function begin({ plan }: Switching): string[] {
  return [
    `mkdir -p -m 0700 -- "$S"/kept`,
    "phase=begun",
    `mv -T -- "$S"/journal.new "$S"/journal`,
    ...armBoot(plan.scope),
  ];
}

/** Renames are never ahead of what they rename when the power goes. */
function syncLines(staged: readonly string[], paths: ScriptPaths): string[] {
  const folders = [...new Set(staged.map(directoryOf))].map((directory) => paths.at(directory));
  return callWith("sync_all", [`"$S"`, ...folders]);
}

function moveCurrent({ names, plan }: Switching): string[] {
  if (plan.to === undefined) return [`mv -T -- "$S"/current "$S"/journal/current`];
  return [
    `mkdir -p -- "$S"/installed "$S"/generations`,
    `mv -T -- "$S"/journal/installed "$S"/installed/${names.installed}`,
    ...(names.isNewNumber ? [`mv -T -- "$S"/journal/number.json "$S"/generations/${names.number}.json`] : []),
    `ln -s installed/${names.installed} "$S"/current.new`,
    `mv -f -T -- "$S"/current.new "$S"/current`,
  ];
}

function commit(): string[] {
  return [
    `sync_all "$S"`,
    `mv -T -- "$S"/journal "$S"/committed`,
    "phase=done",
    `sync_all "$S"`,
    `sh "$S"/committed/clean.sh || say 'What the switch no longer needs is removed by the next one'`,
  ];
}
