import type { FileStep, PathState } from "@firn/plan";
import { isDirectory, isDoneByCurrent } from "./path-work.ts";
import { directoryOf, nameOf, type ScriptPaths } from "./script-paths.ts";
import { callWith, quote } from "./shell-text.ts";

const guards: Readonly<Record<PathState["kind"], string | undefined>> = {
  absent: "is_absent",
  symlink: "is_link",
  file: "is_file",
  directory: "is_directory",
  other: undefined,
};

/** Writes the lines that look once more, before the first change, whether the machine is what the plan was made for. */
export function guardLines(steps: readonly FileStep[], paths: ScriptPaths): string[] {
  const byGuard = new Map<string, string[]>();
  const replaced = new Set(steps.filter(isNewDirectory).map(({ path }) => path));
  for (const step of steps) {
    const guard = guards[step.before.kind];
    // What can be seen through a link where a directory is to be is not looked at: nothing happens to it.
    if (guard === undefined || isDoneByCurrent(step) || isBelow(step.path, replaced)) continue;
    const list = byGuard.get(guard) ?? [];
    list.push(paths.at(step.path));
    byGuard.set(guard, list);
  }
  return [
    ...[...byGuard].flatMap(([guard, list]) => callWith(guard, list)),
    ...callWith(
      "leads_on",
      listParents(steps, replaced).map((path) => paths.at(path)),
    ),
    ...guardReplaced(steps, paths),
  ];
}

/** Directories, or links to such, in which something is put. */
function listParents(steps: readonly FileStep[], made: ReadonlySet<string>): string[] {
  const placed = steps.filter((step) => step.after.kind !== "absent" && !isDoneByCurrent(step));
  const parents = new Set(placed.map(({ path }) => directoryOf(path)));
  return [...parents].filter((path) => path !== "/" && !made.has(path) && !isBelow(path, made));
}

/** A directory of Firn's that makes room for something else holds nothing of the user's, or it cannot. */
function guardReplaced(steps: readonly FileStep[], paths: ScriptPaths): string[] {
  const going = steps.filter(
    ({ after, before, keep }) => before.kind === "directory" && keep === undefined && !isDirectory(after),
  );
  const replaced = new Set(going.filter(({ after }) => after.kind !== "absent").map(({ path }) => path));
  const leaving = steps.filter(({ after }) => after.kind === "absent");
  return going
    .filter(({ path }) => replaced.has(path) || isBelow(path, replaced))
    .map(({ path }) => {
      const names = leaving.filter((step) => directoryOf(step.path) === path).map((step) => quote(nameOf(step.path)));
      return ["has_only", paths.at(path), ...names].join(" ");
    });
}

function isNewDirectory({ after, before }: FileStep): boolean {
  return isDirectory(after) && before.kind !== "directory";
}

function isBelow(path: string, directories: ReadonlySet<string>): boolean {
  for (let above = directoryOf(path); above !== "/"; above = directoryOf(above))
    if (directories.has(above)) return true;
  return false;
}

/** Lists what `sha256sum --check` compares: the contents that the switch replaces or removes. */
export function checksumList(steps: readonly FileStep[], root: string): string {
  const prefix = root === "/" ? "" : root;
  return steps
    .flatMap(({ before, path }) =>
      before.kind === "file" && before.content !== undefined ? [checksumLine(before.content, prefix + path)] : [],
    )
    .join("");
}

/** A backslash before the sum says that the name is escaped. */
function checksumLine(hash: string, path: string): string {
  const escaped = path.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return `${escaped === path ? "" : "\\"}${hash}  ${escaped}\n`;
}
