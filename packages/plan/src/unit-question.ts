import type { ActualQuestion } from "./actual.ts";
import type { Questioned } from "./planning.ts";
import { globalUserUnits, homeUnits, systemUnits, type Units, usersWithUnits } from "./unit-files.ts";

/** Says which units a plan needs to know of: those that Firn defines, what wants them, and the sockets of services. */
export function unitQuestion({
  desired,
  last,
  record,
  scope,
}: Questioned): Pick<ActualQuestion, "units" | "userUnits"> {
  if (scope.root !== "/") return { units: [], userUnits: {} };
  const ranBefore = (manager: string): readonly string[] => record.ranBefore[manager] ?? [];
  const shared = [globalUserUnits(desired), globalUserUnits(last)];
  const users = usersWithUnits(scope, desired, last).map((user) => {
    const own = [homeUnits(desired, user), homeUnits(last, user), ...(scope.kind === "system" ? shared : [])];
    return [user, namesOf(own, ranBefore(user))] as const;
  });
  const system = scope.kind === "system" ? namesOf([systemUnits(desired), systemUnits(last)], ranBefore("")) : [];
  return { units: system, userUnits: Object.fromEntries(users.filter(([, names]) => names.length > 0)) };
}

function namesOf(lists: readonly Units[], more: readonly string[]): string[] {
  const names = new Set(more);
  for (const units of lists) {
    for (const [name, { wantedBy }] of units) {
      names.add(name);
      for (const target of wantedBy) names.add(target);
      if (name.endsWith(".service")) names.add(name.replace(/\.service$/, ".socket"));
      if (name.endsWith(".socket")) names.add(name.replace(/\.socket$/, ".service"));
    }
  }
  return [...names].toSorted();
}
