import type { Diagnostic } from "@firn/diagnostic";
import type { ManagedPackage } from "@firn/manifest";
import type { InstalledPackage } from "@firn/package-manager";
import type { PackageStep, Plan } from "./plan.ts";
import type { PackagePlanning, Planning } from "./planning.ts";
import type { PackageBefore, SwitchRecord } from "./record.ts";

/** What happens to packages, and what is remembered of it. */
export interface PackagesPlan {
  readonly steps: readonly PackageStep[];
  readonly record: Pick<SwitchRecord, "packages">;
  readonly kept: Plan["keptPackages"];
  readonly diagnostics: readonly Diagnostic[];
}

/** Plans what happens to packages; those that neither Firn nor the manifest knows stay as they are. */
export function planPackages({ desired, last, packages, record, scope }: Planning): PackagesPlan {
  const remembered = record.packages ?? {};
  const nothing = { steps: [], record: recordOf(remembered), kept: { before: [], after: [] } };
  if (packages === undefined || scope.kind === "user") return { ...nothing, diagnostics: [] };
  const { installed, manager } = packages;
  const wanted = desired?.packages?.set ?? {};
  if (installed === undefined) {
    const diagnostics = Object.keys(wanted).length === 0 ? [] : [noManager(manager.name, scope.root)];
    return { ...nothing, diagnostics };
  }
  const there = new Map(installed.map((each) => [each.name, each]));
  const work = { packages, there, remembered, last: last?.manifest.packages?.set ?? {} };
  const steps = [
    ...Object.entries(wanted).flatMap(([name, each]) => bring(work, name, each) ?? []),
    ...Object.entries(remembered).flatMap(([name, before]) =>
      Object.hasOwn(wanted, name) ? [] : (giveBack(work, name, before) ?? []),
    ),
  ];
  const remembers = remember(work, wanted);
  const kept = { before: keptFiles(remembered, manager), after: keptFiles(remembers, manager) };
  return { steps: steps.toSorted(byName), record: recordOf(remembers), kept, diagnostics: [] };
}

/** A machine without packages of Firn has a record as before there were any. */
function recordOf(packages: { readonly [name: string]: PackageBefore }): Pick<SwitchRecord, "packages"> {
  return Object.keys(packages).length === 0 ? {} : { packages };
}

interface PackageWork {
  readonly packages: PackagePlanning;
  readonly there: ReadonlyMap<string, InstalledPackage>;
  readonly remembered: { readonly [name: string]: PackageBefore };
  /** What the generation before has. */
  readonly last: { readonly [name: string]: ManagedPackage };
}

function bring(work: PackageWork, name: string, wanted: ManagedPackage): PackageStep | undefined {
  const { architecture, content, file, size, version } = wanted;
  // Who asked for it before Firn came still does.
  const isAsked = wanted.isAsked || (work.remembered[name] ?? work.there.get(name))?.isAsked === true;
  return stepTo(work, name, { architecture, after: { version, isAsked, file, content, size } });
}

/** A package that Firn brought goes; one that was there is as it was. */
function giveBack(work: PackageWork, name: string, before: PackageBefore): PackageStep | undefined {
  const { architecture, isAsked, version } = before;
  if (version === undefined) return work.there.has(name) ? stepTo(work, name, { architecture }) : undefined;
  const file = work.packages.manager.target.fileNameOf({ name, version, architecture });
  return stepTo(work, name, { architecture, after: { version, isAsked, file } });
}

function stepTo(
  { last, packages: { manager }, there }: PackageWork,
  name: string,
  to: Pick<PackageStep, "after" | "architecture">,
): PackageStep | undefined {
  const now = there.get(name);
  const action = actionFor(now, to.after, manager.compareVersions);
  if (action === undefined) return undefined;
  if (now === undefined) return { action, name, ...to };
  const { architecture, isAsked, version } = now;
  const fileBefore = manager.target.fileNameOf({ name, version, architecture });
  const was = last[name];
  const content = was?.version === version && was.architecture === architecture ? was.content : undefined;
  return {
    action,
    name,
    ...to,
    before: { version, isAsked },
    fileBefore,
    ...(content !== undefined && { contentBefore: content }),
  };
}

function actionFor(
  now: InstalledPackage | undefined,
  after: PackageStep["after"],
  compareVersions: (one: string, other: string) => number,
): PackageStep["action"] | undefined {
  if (after === undefined) return "remove";
  if (now === undefined) return "install";
  if (now.version !== after.version) return compareVersions(now.version, after.version) < 0 ? "upgrade" : "downgrade";
  if (now.state === "broken") return "repair";
  return now.isAsked === after.isAsked ? undefined : "mark";
}

function remember(
  { remembered, there }: PackageWork,
  wanted: { readonly [name: string]: ManagedPackage },
): { [name: string]: PackageBefore } {
  const entries = Object.entries(wanted).map(([name, { architecture }]): [string, PackageBefore] => {
    const known = remembered[name];
    if (known !== undefined) return [name, known];
    const now = there.get(name);
    if (now === undefined) return [name, { architecture, isAsked: false }];
    return [name, { version: now.version, architecture: now.architecture, isAsked: now.isAsked }];
  });
  return Object.fromEntries(entries);
}

function keptFiles(
  record: { readonly [name: string]: PackageBefore },
  { target }: PackagePlanning["manager"],
): string[] {
  return Object.entries(record).flatMap(([name, { architecture, version }]) =>
    version === undefined ? [] : [target.fileNameOf({ name, version, architecture })],
  );
}

function byName(one: PackageStep, other: PackageStep): number {
  return one.name < other.name ? -1 : 1;
}

function noManager(manager: string, root: string): Diagnostic {
  return {
    code: "no-package-manager",
    severity: "warning",
    message: `Cannot install packages in "${root}": there is no ${manager}`,
    marks: [],
    why: ["The configuration has packages, which are left out"],
  };
}
