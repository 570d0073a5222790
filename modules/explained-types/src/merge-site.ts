import type { OptionType } from "firn";

/** Where a type merges, and what it reports to. */
export type MergeSite = Parameters<OptionType["merge"]>[1];

/** What a type reports when it refuses definitions. */
export type MergeProblem = Parameters<MergeSite["fail"]>[0];

/** Makes a site whose problems are changed on their way to another one. */
export function retold(site: MergeSite, tell: (problem: MergeProblem) => MergeProblem): MergeSite {
  return {
    path: site.path,
    member: (part) => retold(site.member(part), tell),
    discharge: (definitions) => site.discharge(definitions),
    fail: (problem) => site.fail(tell(problem)),
    detached: () => site.detached(),
    instantiate: (modules, definitions) => site.instantiate(modules, definitions),
  };
}
