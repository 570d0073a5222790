import { describeFiles } from "./describe-files.ts";
import { matcherOf, movingPaths, movingUnits } from "./moving-state.ts";
import type { TestHost } from "./test-host.ts";

/** The state of a host: everything that a configuration can change, each thing as a line. */
export interface HostDescription {
  /** By path: type, mode, owner, group, and size with hash, or target. */
  readonly files: ReadonlyMap<string, string>;
  /** By "user NAME" and "group NAME": the fields of the entry, passwords included. */
  readonly accounts: ReadonlyMap<string, string>;
  /** By unit: how it runs, and whether it is enabled. */
  readonly units: ReadonlyMap<string, string>;
}

/** What is left out of a description besides what always moves. */
export interface DescriptionOptions {
  /** Paths, with all that is below them, and names of units; `*` stands for any characters but slashes. */
  readonly ignore?: readonly string[];
}

/**
 * Describes a host so that it can be compared with how it was before, or how
 * another one is. Left out are {@link movingPaths}, {@link movingUnits}, mounts,
 * and times of files.
 */
export async function describeHost(host: TestHost, { ignore = [] }: DescriptionOptions = {}): Promise<HostDescription> {
  const patternsOf = (list: readonly { readonly pattern: string }[]): string[] => list.map(({ pattern }) => pattern);
  const isMovingPath = matcherOf([...patternsOf(movingPaths), ...ignore]);
  const isMovingUnit = matcherOf([...patternsOf(movingUnits), ...ignore]);
  const [accounts, units] = await Promise.all([describeAccounts(host), describeUnits(host, isMovingUnit)]);
  return { files: describeFiles(host.leader, isMovingPath), accounts, units };
}

/** Lists, as sentences, in what two descriptions differ; none when they are equal. */
export function compareHosts(before: HostDescription, after: HostDescription): string[] {
  return (["files", "accounts", "units"] as const).flatMap((part) => compare(before[part], after[part]));
}

function compare(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return names.flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === is) return [];
    if (was === undefined) return [`${name} is new: ${is}`];
    return [is === undefined ? `${name} is gone: ${was}` : `${name} was ${was}, is ${is}`];
  });
}

async function describeAccounts(host: TestHost): Promise<Map<string, string>> {
  const files = [
    ["user", "/etc/passwd"],
    ["password of user", "/etc/shadow"],
    ["group", "/etc/group"],
    ["password of group", "/etc/gshadow"],
  ] as const;
  const entries = files.map(async ([kind, path]) => {
    const lines = (await host.readFile(path)).split("\n").filter((line) => line !== "");
    return lines.map((line): [string, string] => [`${kind} ${line.split(":", 1).join("")}`, line]);
  });
  return new Map((await Promise.all(entries)).flat());
}

async function describeUnits(host: TestHost, isMoving: (unit: string) => boolean): Promise<Map<string, string>> {
  const options = ["--all", "--full", "--plain", "--no-legend", "--no-pager"];
  const list = async (what: string): Promise<string[][]> => {
    const text = await host.succeed(["systemctl", what, ...options]);
    return text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim().split(/\s+/)]));
  };
  const [files, loaded] = await Promise.all([list("list-unit-files"), list("list-units")]);
  // What does not run is loaded or not by chance, so that only its file counts.
  const running = loaded.filter(([, load, active]) => active !== "inactive" || load === "bad-setting");
  const fileStates = new Map(files.map(([unit = "", state = ""]) => [unit, state]));
  const states = new Map([...fileStates].map(([unit, state]) => [unit, `inactive, ${state}`]));
  for (const [unit = "", load, active, sub] of running) {
    states.set(unit, `${active} (${sub}), ${load}, ${fileStates.get(unit) ?? "without a file"}`);
  }
  return new Map([...states].filter(([unit]) => !isMoving(unit)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
