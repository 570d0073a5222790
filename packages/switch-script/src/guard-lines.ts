import type { FileStep, PathState } from "@firn/plan";
import { isDoneByCurrent } from "./path-work.ts";
import type { ScriptPaths } from "./script-paths.ts";
import { callWith } from "./shell-text.ts";

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
  for (const step of steps) {
    const guard = guards[step.before.kind];
    if (guard === undefined || isDoneByCurrent(step)) continue;
    const list = byGuard.get(guard) ?? [];
    list.push(paths.at(step.path));
    byGuard.set(guard, list);
  }
  return [...byGuard].flatMap(([guard, list]) => callWith(guard, list));
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
