import type { Manifest } from "@firn/manifest";
import { counted } from "../counted.ts";

/** Says in words what of a host is not switched for an ordinary user; undefined when that is nothing. */
export function describeLeftOut(manifest: Manifest, user: string): string | undefined {
  const { checks, directories, files, groups, homes, hooks, packages, users } = manifest;
  const count = (...things: readonly object[]): number =>
    things.reduce<number>((sum, each) => sum + Object.keys(each).length, 0);
  const left: readonly (readonly [number, string])[] = [
    [count(files, directories), "system path"],
    [count(users, groups), "account"],
    [count(packages?.set ?? {}), "package"],
    [count(hooks, checks.before, checks.after), "hook"],
    [Object.keys(homes).filter((each) => each !== user).length, "other home"],
  ];
  const words = left.flatMap(([number, word]) => (number === 0 ? [] : [counted(number, word)]));
  return words.length === 0 ? undefined : `Left to root: ${words.join(", ")}`;
}
