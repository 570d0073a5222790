import type { FileStep } from "@firn/plan";
import { byDirectory, isSaved, type PathWork } from "./path-work.ts";
import type { ScriptPaths } from "./script-paths.ts";
import { callWith, quote } from "./shell-text.ts";
import { placeFiles, placeLinks, type StageContext, stageFiles } from "./stage-files.ts";

/** Lists what is saved beyond the user's own, by directory, with the folder below the journal that it is saved in. */
export function savedFolders(steps: readonly FileStep[]): { directory: string; folder: string; group: FileStep[] }[] {
  const saved = steps.filter((step) => isSaved(step) && step.keep === undefined);
  return [...byDirectory(saved)].map(([directory, group], index) => ({
    directory,
    group,
    folder: `"$S"/journal/old/${index + 1}`,
  }));
}

/** Writes the lines that keep what is going to be replaced or removed. */
export function keepFiles(steps: readonly FileStep[], paths: ScriptPaths): string[] {
  return [
    ...savedFolders(steps).flatMap(({ folder, group }) =>
      callWith(
        `save ${folder}`,
        group.map(({ path }) => paths.at(path)),
      ),
    ),
    ...steps.flatMap((step) =>
      step.keep !== undefined && isSaved(step) ? [`keep ${quote(step.keep)} ${paths.at(step.path)}`] : [],
    ),
  ];
}

/** Writes the lines that make directories, and beside each path what is to come there. */
export function makeReady(work: PathWork, context: StageContext): string[] {
  const { paths, scope } = context;
  return [
    ...work.makeWay.map(({ path }) => `rm -f -- ${paths.at(path)}`),
    ...makeDirectories([...work.makeDirectories, ...work.makeWay], context),
    ...stageFiles(work.staged, { paths, scope }),
  ];
}

/** Writes the lines after which the paths are as the plan says. */
export function changeFiles(work: PathWork, context: StageContext): string[] {
  const { paths } = context;
  return [
    ...work.moveAway.map(({ keep = "", path }) => `move_away ${quote(keep)} ${paths.at(path)}`),
    ...callWith(
      "rm -f --",
      work.remove.map(({ path }) => paths.at(path)),
    ),
    ...callWith(
      "rmdir --ignore-fail-on-non-empty --",
      work.removeDirectories.map(({ path }) => paths.at(path)),
    ),
    ...work.moveBack.flatMap((step) => bringDirectory(step, context)),
    ...placeLinks(work.links, context),
    ...placeFiles(work.staged, paths),
    ...work.adjustDirectories.flatMap(({ after, path }) =>
      after.kind === "directory" ? adjustDirectory({ ...after, path }, context) : [],
    ),
  ];
}

/** The mode that the user's directory had when it was kept need not be that of before Firn. */
function bringDirectory({ after, before, path }: FileStep, context: StageContext): string[] {
  if (after.kind !== "kept" || after.state.kind !== "directory") return [];
  const at = context.paths.at(path);
  return [
    ...(before.kind === "absent" ? [] : [`rm -f -- ${at}`]),
    `bring_directory ${quote(after.id)} ${at}`,
    ...adjustDirectory({ ...after.state, path }, context),
  ];
}

/** Writes the lines that give a directory its mode and owner. */
export function adjustDirectory(
  { path, mode, uid, gid }: { path: string; mode: string; uid: number; gid: number },
  { paths, scope }: StageContext,
): string[] {
  const owner = scope.hasOwners ? [`chown ${uid}:${gid} -- ${paths.at(path)}`] : [];
  // The owner first: setting it takes special bits of the mode away.
  return [...owner, `chmod ${mode} -- ${paths.at(path)}`];
}

function makeDirectories(steps: readonly FileStep[], context: StageContext): string[] {
  const { paths, scope } = context;
  const lines: string[] = [];
  let like = "";
  let run: string[] = [];
  const flush = (): void => void lines.push(...callWith(`mkdir -m ${like} --`, run));
  const owned = new Map<string, string[]>();
  for (const { after, path } of steps.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    if (after.kind !== "directory") continue;
    if (after.mode !== like) {
      flush();
      [like, run] = [after.mode, []];
    }
    run.push(paths.at(path));
    const owner = `${after.uid}:${after.gid}`;
    if (scope.hasOwners && owner !== "0:0") owned.set(owner, [...(owned.get(owner) ?? []), paths.at(path)]);
  }
  flush();
  return [...lines, ...[...owned].flatMap(([owner, list]) => callWith(`chown ${owner} --`, list))];
}
