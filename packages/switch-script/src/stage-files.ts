import type { FileStep, Scope } from "@firn/plan";
import { byDirectory, isNamesake } from "./path-work.ts";
import { nameOf, type ScriptPaths } from "./script-paths.ts";
import { callWith, quote } from "./shell-text.ts";

/** What a stage of the script needs. */
export interface StageContext {
  readonly paths: ScriptPaths;
  readonly scope: Scope;
}

/** Writes the lines that make ready, beside their paths, what is renamed over them later. */
export function stageFiles(steps: readonly FileStep[], { paths, scope }: StageContext): string[] {
  const groups = [...byDirectory(steps)];
  const lines = groups.flatMap(([directory, group]) => {
    const folder = paths.stagingOf(directory);
    return [
      ...installFiles(group, folder, { paths, scope }),
      ...group.flatMap((step) =>
        step.after.kind === "kept" ? [`bring ${quote(step.after.id)} ${paths.staged(step.path)}`] : [],
      ),
      ...makeLinks(group, folder, (step) => paths.staged(step.path)),
      ...ownLinks(group, scope, (step) => paths.staged(step.path)),
    ];
  });
  return [...stagingFolders("mkdir --", groups, paths), ...lines];
}

/** Starting a program for each folder would take longer than what it does. */
function stagingFolders(
  command: string,
  groups: readonly (readonly [directory: string, group: unknown])[],
  paths: ScriptPaths,
): string[] {
  return callWith(
    command,
    groups.map(([directory]) => paths.stagingOf(directory)),
  );
}

/** Writes the lines that rename what was made ready. */
export function placeFiles(steps: readonly FileStep[], paths: ScriptPaths): string[] {
  const groups = [...byDirectory(steps)];
  const lines = groups.flatMap(([directory, group]) =>
    callWith(
      `mv -f -t ${paths.at(directory)} --`,
      group.map(({ path }) => paths.staged(path)),
    ),
  );
  return [...lines, ...stagingFolders("rmdir --", groups, paths)];
}

/** Writes the lines that make links where nothing is; they fail if something is. */
export function placeLinks(steps: readonly FileStep[], { paths, scope }: StageContext): string[] {
  const at = ({ path }: FileStep): string => paths.at(path);
  return [...byDirectory(steps)].flatMap(([directory, group]) => [
    ...makeLinks(group, paths.at(directory), at),
    ...ownLinks(group, scope, at),
  ]);
}

function makeLinks(steps: readonly FileStep[], folder: string, place: (step: FileStep) => string): string[] {
  const links = steps.flatMap((step) => {
    const { after } = step;
    return after.kind === "link" || after.kind === "symlink" ? [{ step, target: after.target }] : [];
  });
  const [namesakes, others] = [true, false].map((named) =>
    links.filter(({ step, target }) => isNamesake(step, target) === named),
  ) as [typeof links, typeof links]; // One list for each of the two.
  return [
    ...callWith(
      `ln -s -t ${folder} --`,
      namesakes.map(({ target }) => quote(target)),
    ),
    ...others.map(({ step, target }) => `ln -s -T -- ${quote(target)} ${place(step)}`),
  ];
}

function ownLinks(steps: readonly FileStep[], { hasOwners }: Scope, place: (step: FileStep) => string): string[] {
  const byOwner = new Map<string, string[]>();
  for (const step of hasOwners ? steps : []) {
    const { after, owner } = step;
    if (owner === undefined || (after.kind !== "link" && after.kind !== "symlink")) continue;
    const key = `${owner.uid}:${owner.gid}`;
    byOwner.set(key, [...(byOwner.get(key) ?? []), place(step)]);
  }
  return [...byOwner].flatMap(([owner, links]) => callWith(`chown -h ${owner} --`, links));
}

function installFiles(steps: readonly FileStep[], folder: string, { paths, scope }: StageContext): string[] {
  const byMode = new Map<string, string[]>();
  for (const { path, after } of steps) {
    if (after.kind !== "file") continue;
    const owner = scope.hasOwners ? ` -o ${after.uid} -g ${after.gid}` : "";
    const key = `install -m ${after.mode}${owner}`;
    if (nameOf(after.source) !== nameOf(path)) throw new Error(`the source of ${path} has another name`);
    byMode.set(key, [...(byMode.get(key) ?? []), paths.source(after.source)]);
  }
  return [...byMode].flatMap(([command, sources]) => callWith(`${command} -t ${folder} --`, sources));
}
