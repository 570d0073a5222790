import type { TreeEntry, TreePlan } from "./plan-tree.ts";
import type { TreeProgram } from "./tree-description.ts";
import { treePath } from "./tree-paths.ts";

/** Finds the programs of a plan: what usr/bin and usr/sbin have that can be run, or leads to something. */
export function findPrograms(plan: TreePlan, canRun: (entry: TreeEntry) => boolean): TreeProgram[] {
  const found = [...plan.entries].flatMap(([path, entry]): TreeProgram[] => {
    const name = /^usr\/s?bin\/([^/]+)$/.exec(path)?.[1];
    if (name === undefined) return [];
    const leadsTo = followLinks(plan, path);
    const last = plan.entries.get(leadsTo);
    if (last === undefined || !canRun(last)) return [];
    return [{ name, path: `/${path}`, leadsTo: `/${leadsTo}`, package: entry.from.item.name }];
  });
  return found.toSorted((one, other) => compare(one.name, other.name) || compare(one.path, other.path));
}

/** So many links the system follows. */
const mostLinks = 40;

function followLinks(plan: TreePlan, path: string): string {
  let place = path;
  for (let count = 0; count < mostLinks; count++) {
    const entry = plan.entries.get(place);
    if (entry?.kind !== "link") return place;
    place = treePath(entry.leadsTo) ?? `/${entry.leadsTo}`;
  }
  return place;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
