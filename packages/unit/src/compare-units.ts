import type { Unit } from "./parse-unit.ts";

/** What two versions of a unit ask for: nothing, a reload of the unit, or more. */
export interface UnitComparison {
  readonly change: "none" | "reload" | "restart";
  /** The settings that differ, such as "[Service] ExecStart". */
  readonly keys: readonly string[];
}

/** Settings of [Unit] that say nothing about a unit that runs. */
const ignored = new Set([
  "Description",
  "Documentation",
  "OnFailure",
  "OnSuccess",
  "OnFailureJobMode",
  "IgnoreOnIsolate",
  "StopWhenUnneeded",
  "RefuseManualStart",
  "RefuseManualStop",
  "AllowIsolate",
  "CollectMode",
  "SourcePath",
]);

/** Settings whose change a reload of the unit takes up. */
const reloaded = new Set(["[Unit] X-Reload-Triggers", "[Mount] Options", "[Service] ExecReload"]);

/** Settings that are no loss when they go. */
const droppable = new Set(["[Unit] X-Reload-Triggers", "[Service] ExecReload"]);

/** Compares two versions of a unit, setting by setting; how they are written does not count. */
export function compareUnits({ after, before }: { readonly before: Unit; readonly after: Unit }): UnitComparison {
  const keys = listKeys(before, after).filter(([section, key]) => !isSame(before, after, { section, key }));
  const counting = keys.filter(([section, key]) => {
    const isGone = (after.get(section)?.get(key) ?? []).length === 0;
    return !(section === "Unit" && ignored.has(key)) && !(isGone && droppable.has(`[${section}] ${key}`));
  });
  const names = counting.map(([section, key]) => `[${section}] ${key}`);
  if (names.length === 0) return { change: "none", keys: [] };
  return { change: names.every((name) => reloaded.has(name)) ? "reload" : "restart", keys: names };
}

/** [Install] says what enabling does, and nothing about the unit. */
function listKeys(before: Unit, after: Unit): [string, string][] {
  const found = new Map<string, [string, string]>();
  for (const unit of [before, after]) {
    for (const [section, keys] of unit) {
      if (section === "Install") continue;
      for (const key of keys.keys()) found.set(`${section} ${key}`, [section, key]);
    }
  }
  return [...found.values()];
}

function isSame(before: Unit, after: Unit, { key, section }: { section: string; key: string }): boolean {
  const [a, b] = [before, after].map((unit) => unit.get(section)?.get(key) ?? []) as [
    readonly string[],
    readonly string[],
  ]; // One for each.
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
