import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";
import { readAccounts, readActual } from "@firn/host-access";
import { type Manifest, parseManifest } from "@firn/manifest";
import type { PackageTarget } from "@firn/package-manager";
import { type Actual, emptyRecord, type Plan, type PlanDetails, questionOf } from "@firn/plan";
import type { CurrentGeneration } from "@firn/profile";
import type { Store } from "@firn/store";
import { planWithPackages } from "./machine-packages.ts";
import type { Machine } from "./open-machine.ts";

/** What a machine is to become. */
export interface Target {
  readonly manifest: Manifest;
  /** Name of the generation in the store. */
  readonly generation: string;
}

/** A plan, with what it was made from. */
export interface PlannedSwitch {
  readonly plan: Plan;
  readonly details: PlanDetails;
  readonly diagnostics: readonly Diagnostic[];
  readonly current: CurrentGeneration | undefined;
  readonly desired: Manifest | undefined;
  readonly last: Manifest | undefined;
  readonly actual: Actual;
  /** What carries out steps for packages; missing where no packages are managed. */
  readonly packageTarget?: PackageTarget;
}

/** How a switch is planned. */
export interface PlanOptions {
  /** Whether what is in the way is taken over without being asked. */
  readonly takeOver: boolean;
}

/** Plans the switch of a machine to a generation, or without one to what it was without Firn; changes nothing. */
export async function planMachine(
  machine: Machine,
  target: Target | undefined,
  { takeOver }: PlanOptions,
): Promise<PlannedSwitch> {
  const { profile, scope, store } = machine;
  const current = profile.current();
  const last = current && readStoredManifest(store, current.generation);
  const record = current?.record ?? emptyRecord;
  const desired = target?.manifest;
  const { passwd } = readAccounts(scope);
  const states = { scope, record, passwd, ...(desired && { desired }), ...(last && { last }) };
  const actual = await readActual(scope, questionOf(states));
  const planned = await planWithPackages(
    {
      scope,
      record,
      actual,
      takeOver,
      today: Math.floor(Date.now() / 864e5),
      ...(target && {
        desired: target.manifest,
        to: target.generation,
      }),
      ...(last &&
        current && {
          last: {
            manifest: last,
            name: current.generation,
          },
        }),
      contents: (hash) => store.read(hash)?.toString(),
    },
    store,
  );
  return { ...planned, current, desired, last, actual };
}

/** Reads the manifest of a generation of the store. @throws DiagnosticError when it is missing or damaged */
export function readStoredManifest(store: Store, generation: string): Manifest {
  const text = store.readManifest(generation);
  if (text === undefined) throw missingGeneration(store, generation);
  const { diagnostics, manifest } = parseManifest(text, {
    file: `${store.folder}/generations/${generation}/manifest.json`,
  });
  if (manifest === undefined) throw new DiagnosticError(diagnostics);
  return manifest;
}

function missingGeneration(store: Store, generation: string): DiagnosticError {
  return new DiagnosticError([
    {
      code: "bad-state",
      severity: "error",
      message: `Cannot find the generation "${generation}"`,
      marks: [],
      why: [`The store "${store.folder}" does not have it`],
      fix: "firn generations lists those that are there",
    },
  ]);
}
