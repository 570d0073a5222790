import { InternalError } from "@firn/diagnostic";
import { readPackages, readPackageStarts, readPackageUsers } from "@firn/host-access";
import type { PackageManager } from "@firn/package-manager";
import { type PackageStep, type Planned, type Planning, planSwitch } from "@firn/plan";
import type { Store } from "@firn/store";

/** A package manager, as far as a machine needs it. */
export type MachineManager = Pick<PackageManager, "compareVersions" | "name" | "target">;

/** A plan, and what carries out its steps for packages. */
export interface PlannedWithPackages extends Planned {
  /** Missing where no packages are managed. */
  readonly packageTarget?: PackageManager["target"];
}

/** Plans a switch, with the packages of the machine where the generations have some. */
export async function planWithPackages(planning: Planning, store: Store): Promise<PlannedWithPackages> {
  const name = (planning.desired?.packages ?? planning.last?.manifest.packages)?.manager;
  if (name === undefined || planning.scope.kind === "user") return planSwitch(planning);
  const manager = await openManager(name);
  const { target } = manager;
  const installed = readPackages(planning.scope, target);
  const packages = { manager, ...(installed && { installed }) };
  const planned = planSwitch({ ...planning, packages });
  const { packages: steps } = planned.plan;
  const names = steps.flatMap(({ before, name: each }) => (before === undefined ? [] : [each]));
  const users = readPackageUsers(planning.scope, { names, target });
  const starts = planning.scope.root === "/" ? readPackageStarts(newFiles(steps, store), target) : new Map();
  if (users.length + starts.size === 0) return { ...planned, packageTarget: target };
  return { ...planSwitch({ ...planning, packages: { ...packages, users, starts } }), packageTarget: target };
}

/** Files of packages that are installed anew, by their names. */
function newFiles(steps: readonly PackageStep[], store: Store): ReadonlyMap<string, string> {
  return new Map(
    steps.flatMap(({ action, after, name }) => {
      const file = action === "install" ? store.findContent(after?.content ?? "") : undefined;
      return file === undefined ? [] : [[name, file] as const];
    }),
  );
}

async function openManager(name: string): Promise<MachineManager> {
  if (name !== "apt") throw new InternalError(`there is no package manager "${name}"`);
  const [{ dpkgTarget: target }, { compareVersions }] = await Promise.all([import("@firn/dpkg"), import("@firn/apt")]);
  return { name, target, compareVersions };
}
