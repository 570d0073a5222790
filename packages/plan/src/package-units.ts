import type { PackageStep, UnitStep } from "./plan.ts";
import type { Planning } from "./planning.ts";

/** Units that cannot be restarted while the machine runs; a reboot has them use what is new. */
const lasting = /^(?:dbus|dbus-broker|systemd-logind|init)\.(?:service|scope)$|^user@|^getty@|^serial-getty@|\.slice$/;

/** Plans what happens to units that run and have to do with packages that change; those that are planned already stay so. */
export function planPackageUnits(
  { packages }: Planning,
  steps: readonly PackageStep[],
  planned: readonly UnitStep[],
): UnitStep[] {
  const changed = new Map(steps.filter(({ action }) => action !== "mark").map((step) => [step.name, step]));
  const taken = new Set(planned.filter(({ user }) => user === undefined).map(({ unit }) => unit));
  const own = new Map(startSteps(packages?.starts ?? new Map(), steps, taken).map((step) => [step.unit, step]));
  for (const user of (packages?.users ?? []).toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn))) {
    const step = changed.get(user.package);
    if (step === undefined || taken.has(user.unit) || own.has(user.unit)) continue;
    own.set(user.unit, unitStep(user.unit, step, user.isOwn));
  }
  return [...own.values()].toSorted((a, b) => (a.unit < b.unit ? -1 : 1));
}

/** What comes with a package runs, as its scripts would have it. */
function startSteps(
  starts: ReadonlyMap<string, readonly string[]>,
  steps: readonly PackageStep[],
  taken: ReadonlySet<string>,
): UnitStep[] {
  const fresh = steps.filter(({ action }) => action === "install");
  return fresh.flatMap(({ name }) =>
    (starts.get(name) ?? [])
      .filter((unit) => !taken.has(unit))
      .map((unit) => ({
        action: "start",
        unit,
        why: `its package ${name} is new`,
        mustRun: false,
        wasActive: false,
      })),
  );
}

function unitStep(unit: string, { after, before, name }: PackageStep, isOwn: boolean): UnitStep {
  const fate = after === undefined ? "is removed" : `goes from ${before?.version} to ${after.version}`;
  const why = isOwn ? `its package ${name} ${fate}` : `it uses ${name}, which ${fate}`;
  const common = { unit, mustRun: false, wasActive: true } as const;
  if (isOwn && after === undefined) return { ...common, action: "stop", why };
  if (lasting.test(unit)) return { ...common, action: "skip", why: `${why}; a reboot has it use what is new` };
  return { ...common, action: "restart", mustRun: true, why };
}
