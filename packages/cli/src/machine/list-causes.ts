import type { Plan } from "@firn/plan";
import type { Store } from "@firn/store";
import type { Cause } from "./cause.ts";
import { causesBetween } from "./causes-between.ts";
import { keysOfPath, keysOfUnit } from "./step-keys.ts";

/** Lists the causes of the steps of a plan, by what each is about: "file /etc/motd", "unit nginx.service". */
export function listCauses(plan: Plan, store: Store): { readonly [step: string]: Cause } {
  const findCause = causesBetween({ from: plan.from?.name, to: plan.to?.name }, store);
  const steps: (readonly [string, readonly string[]])[] = [
    ...plan.files.map(({ path, user }) => [`file ${path}`, keysOfPath(path, user)] as const),
    ...plan.accounts.map(({ name, what }) => [`${what} ${name}`, [`${what} ${name}`]] as const),
    ...plan.packages.map(({ name }) => [`package ${name}`, [`package ${name}`]] as const),
    ...plan.units.map(({ unit, user }) => [`unit ${unit}`, keysOfUnit(unit, user)] as const),
    ...plan.hooks.map(({ name }) => [`hook ${name}`, [`hook ${name}`]] as const),
  ];
  return Object.fromEntries(
    steps.flatMap(([step, keys]) => {
      const cause = findCause(...keys);
      return cause === undefined ? [] : [[step, cause]];
    }),
  );
}
