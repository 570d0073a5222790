import type { FileStep } from "@firn/plan";
import { disarmBoot } from "./boot-unit.ts";
import type { Switching } from "./switching.ts";
import { adjustDirectory, savedFolders } from "./change-files.ts";
import { byDirectory, isNamesake, isSaved, type PathWork, sortPathWork } from "./path-work.ts";
import { forgetHookLines, revertHookLines } from "./run-commands.ts";
import { forgetPackages, packageFunctions, restartPackaged, revertPackages, takePathsBack } from "./switch-packages.ts";
import { describePlan, lockLines, scriptHead } from "./script-head.ts";
import { directoryOf, nameOf, ScriptPaths } from "./script-paths.ts";
import { commonFunctions, revertFunctions } from "./shell-functions.ts";
import { callWith, quote } from "./shell-text.ts";
import { reloadManagers, revertStarts, revertStops } from "./switch-units.ts";

/**
 * Writes the script that takes a plan back from wherever it was killed. Each
 * line looks at what is there: it can be killed itself, and run again.
 */
export function revertScript(switching: Switching): string {
  const { accounts, plan } = switching;
  const paths = new ScriptPaths(plan.scope);
  const work = sortPathWork(plan.files);
  const notAtBoot = (lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [`if [ "$mode" != boot ]; then`, ...lines, "fi"];
  return `${[
    ...scriptHead(switching, `Takes back the switch of ${describePlan(plan)}.`),
    "mode=${1:-now} is_bad=no",
    commonFunctions,
    revertFunctions,
    ...packageFunctions(switching),
    "{",
    ...lockLines("stop"),
    `[ -d "$S"/journal ] || exit 3`,
    ...notAtBoot(revertStops(plan)),
    ...takePathsBack(switching),
    ...revertPackages(switching),
    ...moveCurrentBack(switching),
    ...revertFiles(work, { paths, scope: plan.scope }),
    ...accounts.map((name) => `restore_account ${name} ${paths.at(`/etc/${name}`)}`),
    ...forgetInstalled(switching),
    ...reloadManagers(plan).map((line) =>
      line.replace(/daemon-reload .*$/, "daemon-reload || bad 'systemctl daemon-reload did not succeed'"),
    ),
    ...notAtBoot([...revertHookLines(plan), ...revertStarts(plan), ...restartPackaged(switching)]),
    ...forgetHookLines(plan),
    `if [ "$is_bad" = yes ]; then`,
    `  say "The machine is neither as it was nor as it should be; to try again: sh $S/journal/revert.sh"`,
    "  exit 4",
    "fi",
    `[ -n "\${FIRN_NO_SYNC:-}" ] || sync -f -- "$S"`,
    `rm -rf -- "$S"/ended`,
    ...disarmBoot(plan.scope, "journal"),
    ...forgetPackages(switching, "before"),
    `mv -T -- "$S"/journal "$S"/ended`,
    `rmdir -- "$S"/kept 2>/dev/null || :`,
    `rm -rf -- "$S"/ended`,
    "exit 3",
    "}",
  ].join("\n")}\n`;
}

function moveCurrentBack({ names, plan }: Switching): string[] {
  if (plan.to === undefined) {
    return [
      `gone "$S"/journal/current || mv -T -- "$S"/journal/current "$S"/current || bad "Cannot bring back $S/current"`,
    ];
  }
  if (names.installedBefore === undefined) return [`rm -f -- "$S"/current.new "$S"/current`];
  const before = `installed/${names.installedBefore}`;
  return [
    `rm -f -- "$S"/current.new`,
    `leads_to "$S"/current ${before} || { ln -s ${before} "$S"/current.new && mv -f -T -- "$S"/current.new "$S"/current; } || bad "Cannot bring back $S/current"`,
  ];
}

function forgetInstalled({ names, plan }: Switching): string[] {
  if (plan.to === undefined) return [];
  const number = names.isNewNumber ? [`rm -f -- "$S"/generations/${names.number}.json`] : [];
  return [
    ...number,
    `rm -rf -- "$S"/installed/${names.installed}`,
    ...(names.installedBefore === undefined ? [`rmdir -- "$S"/installed "$S"/generations 2>/dev/null || :`] : []),
  ];
}

type Context = Parameters<typeof adjustDirectory>[1];

function revertFiles(work: PathWork, context: Context): string[] {
  const { paths } = context;
  const saved = work.all.filter(isSaved);
  const isKept = ({ keep }: FileStep): boolean => keep !== undefined;
  return [
    // What was made ready and not placed.
    ...[...byDirectory(work.staged).keys()].map((directory) => `rm -rf -- ${paths.stagingOf(directory)}`),
    ...takeBackDirectories(work, paths),
    ...dropNew(work, paths),
    ...work.removeDirectories.toReversed().flatMap((step) => remakeDirectory(step, context)),
    ...dropDirectories([...work.makeDirectories, ...work.makeWay], paths),
    ...savedFolders(work.all).flatMap((each) => bringBackSaved(each, paths)),
    ...saved
      .filter(isKept)
      .map((step) => `bring_back "$S"/kept/${quote(step.keep ?? "")} ${paths.at(step.path)} ${oursAt(step, paths)}`),
    ...work.moveAway.map((step) => `move_back ${quote(step.keep ?? "")} ${paths.at(step.path)} ${oursAt(step, paths)}`),
    ...work.adjustDirectories.flatMap(({ before, path }) =>
      before.kind === "directory"
        ? adjustDirectory({ ...before, path }, context).map(
            (line) => `${line} || bad ${quote(`Cannot give ${path} its mode`)}`,
          )
        : [],
    ),
    // Copies that were under way.
    `rm -rf -- "$S"/kept/*.part`,
  ];
}

/** The user's directories that came back go to `kept/` again. */
function takeBackDirectories({ moveBack }: PathWork, paths: ScriptPaths): string[] {
  return moveBack.map(({ after, path }) => {
    const id = quote(after.kind === "kept" ? after.id : "");
    return `take_back ${id} ${paths.at(path)}`;
  });
}

/** Removes what was put where nothing was. */
function dropNew(work: PathWork, paths: ScriptPaths): string[] {
  const fresh = work.staged.filter(({ before }) => before.kind === "absent" || before.kind === "directory");
  return [
    ...[...byDirectory(work.links)].flatMap(([directory, group]) => dropLinks(directory, group, paths)),
    ...fresh.map((step) => dropOne(step, paths)),
  ];
}

function dropLinks(directory: string, group: readonly FileStep[], paths: ScriptPaths): string[] {
  const byFolder = new Map<string, string[]>();
  const single: string[] = [];
  for (const step of group) {
    const target = step.after.kind === "link" ? step.after.target : "";
    if (!isNamesake(step, target)) single.push(dropOne(step, paths));
    else byFolder.set(directoryOf(target), [...(byFolder.get(directoryOf(target)) ?? []), quote(nameOf(step.path))]);
  }
  const many = [...byFolder].flatMap(([folder, names]) =>
    callWith(`drop_links ${paths.at(directory)} ${quote(folder)}`, names),
  );
  return [...many, ...single];
}

function dropOne({ after, path }: FileStep, paths: ScriptPaths): string {
  switch (after.kind) {
    case "link":
    case "symlink":
      return `drop_link ${paths.at(path)} ${quote(after.target)}`;
    case "file":
      return `drop_file ${paths.at(path)} ${paths.source(after.source)}`;
    case "kept":
      return after.state.kind === "symlink"
        ? `drop_link ${paths.at(path)} ${quote(after.state.target)}`
        : `drop_file ${paths.at(path)} ${paths.kept(after.id)}`;
    default:
      return ":";
  }
}

/** What the switch put at a path, for `is_ours`. */
function oursAt({ after }: FileStep, paths: ScriptPaths): string {
  switch (after.kind) {
    case "link":
    case "symlink":
      return `link ${quote(after.target)}`;
    case "file":
      return `file ${paths.source(after.source)}`;
    case "kept":
      return after.state.kind === "symlink" ? `link ${quote(after.state.target)}` : `file ${paths.kept(after.id)}`;
    default:
      return "none ''";
  }
}

function dropDirectories(steps: readonly FileStep[], paths: ScriptPaths): string[] {
  const deepest = steps.toSorted((a, b) => (a.path < b.path ? 1 : -1));
  return deepest.map(({ path }) => `[ -L ${paths.at(path)} ] || rmdir -- ${paths.at(path)} 2>/dev/null || :`);
}

/** Made again by an earlier attempt, it need not have got its mode and owner yet. */
function remakeDirectory({ before, path }: FileStep, context: Context): string[] {
  if (before.kind !== "directory") return [];
  const at = context.paths.at(path);
  const lines = [`{ [ -d ${at} ] || mkdir -- ${at}; }`, ...adjustDirectory({ ...before, path }, context)];
  return [`{ ${lines.join(" && ")}; } || bad ${quote(`Cannot make ${path} again`)}`];
}

/** Where nothing was replaced, all that was saved goes back in one go. */
function bringBackSaved(
  { directory, folder, group }: ReturnType<typeof savedFolders>[number],
  paths: ScriptPaths,
): string[] {
  const [removed, replaced] = [true, false].map((gone) =>
    group.filter(({ after }) => (after.kind === "absent") === gone),
  ) as [FileStep[], FileStep[]]; // One list for each of the two.
  return [
    ...replaced.map(
      (step) => `bring_back ${folder}/${quote(nameOf(step.path))} ${paths.at(step.path)} ${oursAt(step, paths)}`,
    ),
    ...callWith(
      `bring_all_back ${folder} ${paths.at(directory)}`,
      removed.map(({ path }) => quote(nameOf(path))),
    ),
  ];
}
