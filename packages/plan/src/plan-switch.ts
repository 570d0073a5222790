import type { Diagnostic } from "@firn/diagnostic";
import type { ManagedCheck, Manifest } from "@firn/manifest";
import { type AccountIds, readIds } from "./account-ids.ts";
import { type AccountPlan, planAccountFiles } from "./account-steps.ts";
import { planFiles } from "./file-planner.ts";
import { planGivenUp } from "./given-up.ts";
import { planHooks } from "./hook-steps.ts";
import { type ManagedPaths, managedPaths } from "./managed-paths.ts";
import type { FilePlan } from "./file-work.ts";
import { type PackagesPlan, planPackages } from "./package-steps.ts";
import { planPackageUnits } from "./package-units.ts";
import type { CheckStep, Plan, PlanDetails } from "./plan.ts";
import type { Planning } from "./planning.ts";
import type { SwitchRecord } from "./record.ts";
import type { Scope } from "./scope.ts";
import { listTreeChanges } from "./tree-changes.ts";
import { planUnits } from "./unit-steps.ts";

/** A plan, and what is wrong with it. */
export interface Planned {
  readonly plan: Plan;
  readonly details: PlanDetails;
  readonly diagnostics: readonly Diagnostic[];
}

/** Plans a switch. The same for the same arguments. */
export function planSwitch(planning: Planning): Planned {
  const { actual, desired, last, record, scope, to } = planning;
  const accounts = planAccountFiles(planning);
  const before = readIds(actual.accounts);
  const after = readIds({ ...actual.accounts, ...accounts.files });
  const wanted = managedPaths(desired, scope, after);
  const written = managedPaths(last?.manifest, scope, joinIds(after, before));
  const files = planFiles({
    scope,
    actual,
    record,
    desired: wanted,
    last: written,
    takeOver: planning.takeOver ? "all" : new Set([...takenOver(desired, wanted), ...(record.givenUp ?? [])]),
  });
  const packages = planPackages(planning);
  const { givenUp, record: memory } = planGivenUp(planning, { steps: files.steps, packages });
  const running = planRunning(planning, { files, packages, homes: homesOf(written, wanted) });
  const { hooks, ranBefore, reloadedManagers, units } = running;
  const steps = { files: files.steps, accounts: accounts.changes, packages: packages.steps, units, hooks };
  const isEmpty = Object.values(steps).every(({ length }) => length === 0);
  return {
    plan: {
      version: 1,
      host: (desired ?? last?.manifest)?.host ?? "",
      scope,
      ...steps,
      ...(last !== undefined && { from: { name: last.name } }),
      ...(to !== undefined && { to: { name: to } }),
      ownedPaths: packages.steps.length === 0 ? [] : ownedPaths(wanted, written),
      givenUp,
      keptPackages: packages.kept,
      trees: listTreeChanges(last?.manifest, desired, scope),
      reloadedManagers,
      checks: isEmpty || scope.root !== "/" || scope.kind === "user" ? noChecks : checksOf(desired),
      collisions: files.collisions,
    },
    details: {
      accountFiles: accounts.files,
      accountFilesBefore: accounts.filesBefore,
      record: { version: 1, ...files.record, ...packages.record, ...memory, accounts: accounts.memory, ranBefore },
    },
    diagnostics: [
      ...accounts.diagnostics,
      ...withoutConsequences(wanted, accounts),
      ...files.diagnostics,
      ...packages.diagnostics,
    ],
  };
}

/** Plans what runs: nothing does in a folder. */
function planRunning(
  planning: Planning,
  { files, homes, packages }: { files: FilePlan; packages: PackagesPlan; homes: ReadonlyMap<string, string> },
): Pick<Plan, "hooks" | "reloadedManagers" | "units"> & Pick<SwitchRecord, "ranBefore"> {
  const { desired, last, record, scope } = planning;
  if (scope.root !== "/") return { hooks: [], reloadedManagers: [], units: [], ranBefore: record.ranBefore };
  const own = planUnits(planning);
  const bringsUnits = packages.steps.length > 0 && !own.reloadedManagers.includes("");
  return {
    units: [...own.steps, ...planPackageUnits(planning, packages.steps, own.steps)],
    reloadedManagers: [...(bringsUnits ? [""] : []), ...own.reloadedManagers],
    ranBefore: own.ranBefore,
    hooks: planHooks({
      desired: inScope(desired, scope),
      last: inScope(last?.manifest, scope),
      files: files.steps,
      homes,
    }),
  };
}

/** Tells whether a plan has no step. A switch to another generation can have none. */
export function isEmptyPlan({ accounts, files, hooks, packages, units }: Plan): boolean {
  return [accounts, files, hooks, packages, units].every(({ length }) => length === 0);
}

/** What Firn has a say in, packages leave alone: directories are shared. */
function ownedPaths(...lists: readonly ManagedPaths[]): string[] {
  const owned = lists.flatMap(({ paths }) => [...paths.values()].filter(({ placed }) => placed.kind !== "directory"));
  return [...new Set(owned.map(({ path }) => path))].toSorted();
}

/** While accounts cannot be as declared, who is missing is told once they can. */
function withoutConsequences({ diagnostics }: ManagedPaths, accounts: AccountPlan): Diagnostic[] {
  const isRefused = accounts.diagnostics.some(({ severity }) => severity === "error");
  return diagnostics.filter(({ code }) => !(isRefused && code === "unknown-account"));
}

/** Ids of users who are gone after the switch are those of before. */
function joinIds(after: AccountIds, before: AccountIds): AccountIds {
  return {
    users: new Map([...before.users, ...after.users]),
    groups: new Map([...before.groups, ...after.groups]),
  };
}

/** A manifest knows where the homes are of the users that it has; those of others begin with "~ada/". */
function takenOver(desired: Manifest | undefined, { homes }: ManagedPaths): ReadonlySet<string> {
  const expand = (path: string): string => {
    const [, user = "", below] = /^~([^/]+)\/(.*)$/s.exec(path) ?? [];
    const home = homes.get(user);
    return below === undefined || home === undefined ? path : `${home}/${below}`;
  };
  return new Set(desired?.takeOver.map(expand));
}

function homesOf(...lists: readonly ManagedPaths[]): ReadonlyMap<string, string> {
  return new Map(lists.flatMap(({ homes }) => [...homes]));
}

/** An ordinary user's part of a manifest is that of the home. */
function inScope(manifest: Manifest | undefined, { kind, user }: Scope): Manifest | undefined {
  if (manifest === undefined || kind === "system") return manifest;
  const own = Object.entries(manifest.homes).filter(([name]) => name === user?.name);
  return { ...manifest, hooks: {}, homes: Object.fromEntries(own) };
}

const noChecks = { before: [], after: [] };

function checksOf(desired: Manifest | undefined): Plan["checks"] {
  if (desired === undefined) return noChecks;
  return { before: listChecks(desired.checks.before), after: listChecks(desired.checks.after) };
}

function listChecks(checks: { readonly [name: string]: ManagedCheck }): CheckStep[] {
  return Object.entries(checks)
    .map(([name, check]) => ({ name, ...check }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
