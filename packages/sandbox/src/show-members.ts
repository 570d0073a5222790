import type { Evaluation, MemberOrigin, ReadOrigin } from "@firn/module-system";
import { showJson, showPlace } from "./show-value.ts";

/** Stands in a path for every member that there is. */
const everyMember = "*";

/**
 * Shows where the members of options are defined. What one call of `define`
 * defines shares what was read before it, so that calls and reads are told once.
 */
export function showMembers(evaluation: Evaluation, paths: readonly (readonly string[])[]): object {
  const calls = new Map<readonly ReadOrigin[], number>();
  const reads = new Map<string, object>();
  const shownCalls: number[][] = [];
  const readNames: string[] = [];
  const numberOfRead = (read: ReadOrigin): number => {
    const name = JSON.stringify(read.path);
    if (!reads.has(name)) {
      reads.set(name, showRead(read));
      readNames.push(name);
    }
    return readNames.indexOf(name);
  };
  const numberOfCall = (list: readonly ReadOrigin[]): number => {
    const known = calls.get(list);
    if (known !== undefined) return known;
    calls.set(list, shownCalls.length);
    return shownCalls.push(list.map(numberOfRead)) - 1;
  };
  const members = paths
    .flatMap((pattern) => expandPath(evaluation, pattern))
    .flatMap((path) => evaluation.members(path).map((member) => showMember(path, member, numberOfCall(member.reads))));
  return { members, calls: shownCalls, reads: [...reads.values()] };
}

function expandPath(evaluation: Evaluation, path: readonly string[]): (readonly string[])[] {
  const at = path.indexOf(everyMember);
  if (at < 0) return [path];
  const start = path.slice(0, at);
  const keys = new Set(evaluation.members(start).map(({ key }) => key));
  return [...keys].flatMap((key) => expandPath(evaluation, [...start, key, ...path.slice(at + 1)]));
}

function showMember(path: readonly string[], { key, module, place }: MemberOrigin, call: number): object {
  return { path: [...path, key], module, place: showPlace(place), call };
}

function showRead({ definitions, path, value }: ReadOrigin): object {
  return {
    path,
    json: value === undefined ? undefined : showJson(value),
    definitions: definitions.map(({ module, place }) => ({ module, place: showPlace(place) })),
  };
}
