import { DiagnosticError, similarNames } from "@firn/diagnostic";
import type { PlannedSwitch } from "./plan-machine.ts";

/**
 * Leaves only the steps for some paths and units in a plan.
 *
 * @throws DiagnosticError when one of them is in no step
 */
export function pickSteps(planned: PlannedSwitch, names: readonly string[]): PlannedSwitch {
  const { plan } = planned;
  const known = [
    ...plan.files.map(({ path }) => path),
    ...plan.units.map(({ unit }) => unit),
    ...plan.accounts.map(({ name }) => name),
    ...plan.packages.map(({ name }) => name),
  ];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw noDifference(unknown, known);
  const isPicked = (name: string): boolean => names.includes(name);
  const accounts = plan.accounts.filter(({ name }) => isPicked(name));
  return {
    ...planned,
    plan: {
      ...plan,
      accounts,
      hooks: [],
      files: plan.files.filter(({ path }) => isPicked(path) || names.some((name) => name.startsWith(`${path}/`))),
      packages: plan.packages.filter(({ name }) => isPicked(name)),
      units: plan.units.filter(({ unit }) => isPicked(unit)),
    },
    // The account files are written whole, or not at all.
    ...(accounts.length === 0 && { details: { ...planned.details, accountFiles: {}, accountFilesBefore: {} } }),
  };
}

function noDifference(name: string, known: readonly string[]): DiagnosticError {
  const near = similarNames(name, known);
  return new DiagnosticError([
    {
      code: "bad-usage",
      severity: "error",
      message: `Cannot find "${name}" among the differences`,
      marks: [],
      why: near.length === 0 ? [] : [`There is ${near.map((each) => `"${each}"`).join(", ")}`],
      fix: "firn status",
    },
  ]);
}
