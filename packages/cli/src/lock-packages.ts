import { DiagnosticError } from "@firn/diagnostic";
import type { FlakeManifest } from "@firn/input";
import type { Flake } from "@firn/loader";
import { findClosure, type Lockfile } from "@firn/lock";
import { isToolsClosure } from "@firn/manifest";
import type { ClosureRequest } from "@firn/package-manager";
import {
  lockPackages,
  type LockPackagesOutcome,
  type LockPackagesProblem,
  type LockPackagesRequest,
} from "@firn/resolve";
import { join } from "node:path";
import { collectRequests, type CollectedRequests } from "./collect-requests.ts";
import { type FlakeInputs, openPlainRendering } from "./flake-inputs.ts";
import { hasPackages } from "./has-packages.ts";
import { type HostOwn, ownCandidates } from "./own-candidates.ts";
import { reportProblems } from "./report-problems.ts";
import { shellRequests } from "./shell-requests.ts";
import type { Terminal } from "./terminal.ts";

/** What of packages may change. */
export type PackageLockOptions = Pick<LockPackagesRequest, "update"> & {
  /** Whether nothing may be read from sources. @default false */
  readonly isFrozen?: boolean;
};

/** A lock with the packages that hosts ask for. */
export interface LockedFlake {
  /** As it was where there was an error, which was reported. */
  readonly lock: Lockfile;
  /** Whether nothing went wrong. */
  readonly isWhole: boolean;
}

/** Locks the packages that the hosts of a flake ask for, its inputs laid out, and reports what is wrong. */
export async function lockFlakePackages(
  { flake, flakeFile: { manifest }, terminal }: FlakeInputs,
  lock: Lockfile,
  { isFrozen = false, update = [] }: PackageLockOptions,
): Promise<LockedFlake> {
  if (!hasPackages(manifest, lock)) return { lock, isWhole: true };
  const sources = absoluteSources(flake, manifest);
  const usable = Object.entries(sources).map(([name, { isOnRequest }]) => ({ name, isOnRequest }));
  const managers = isFrozen ? undefined : await openManagers(terminal);
  const shells = shellRequests(manifest);
  if (shells.diagnostics.length > 0) throw new DiagnosticError(shells.diagnostics);
  const attempt = async (isFresh: boolean): Promise<[LockPackagesOutcome, CollectedRequests]> => {
    const collected = await collectRequests(flake, { sources: usable, terminal, isFresh });
    const { broken, own } = collected;
    const requests = [...collected.requests, ...shells.requests];
    const known = new Set(shells.requests.map(({ name }) => name));
    const kept = Object.keys(lock.closures).filter((name) => !known.has(name) && broken.includes(hostOf(name)));
    const request = { sources, previous: lock, requests, kept, update, ...(managers && { managers }) };
    return [await lockWithOwn(request, own), collected];
  };
  let [outcome, collected] = await attempt(false);
  const isUnplaced = outcome.problems.some(({ closure }) => closure !== undefined);
  if (isUnplaced && collected.openRendering === undefined) [outcome, collected] = await attempt(true);
  terminal.showProgress?.("");
  await reportPackageProblems(outcome.problems, collected, terminal);
  const { packages } = outcome;
  return { lock: { ...lock, ...packages }, isWhole: packages !== undefined && collected.broken.length === 0 };
}

/** Locks the tools first that packages of the flake are built with: their versions follow from them. */
async function lockWithOwn(request: LockPackagesRequest, own: readonly HostOwn[]): Promise<LockPackagesOutcome> {
  if (own.every((each) => each.own.length === 0)) return lockPackages(request);
  const tools = request.requests.filter(({ name }) => isToolsClosure(name));
  const others = Object.keys(request.previous.closures).filter((name) => !tools.some((each) => each.name === name));
  const first = await lockPackages({ ...request, requests: tools, kept: [...(request.kept ?? []), ...others] });
  const { packages } = first;
  if (packages === undefined) return first;
  const candidates = new Map(
    own.map((each) => [each.host, ownCandidates(each, (name) => findClosure(packages, name))]),
  );
  const requests = request.requests.map((each): ClosureRequest => {
    const ofHost = candidates.get(hostOf(each.name)) ?? [];
    return isToolsClosure(each.name) || ofHost.length === 0 ? each : { ...each, own: ofHost };
  });
  return lockPackages({ ...request, requests });
}

async function openManagers(terminal: Terminal): Promise<NonNullable<LockPackagesRequest["managers"]>> {
  const { openPackageManagers } = await import("./package-managers.ts");
  return openPackageManagers(terminal);
}

function hostOf(closure: string): string {
  return closure.split("/")[0] ?? closure;
}

/** Lists the sources of a flake with their keyrings, which are paths in the flake for those who write them, as absolute ones. */
export function absoluteSources({ root }: Flake, { sources }: FlakeManifest): FlakeManifest["sources"] {
  const entries = Object.entries(sources).map(([name, declaration]) => {
    const { keyring, ...source } = declaration.source;
    const found = keyring === undefined ? source : { ...source, keyring: join(root, keyring) };
    return [name, { ...declaration, source: found }] as const;
  });
  return Object.fromEntries(entries);
}

/** Shows those about hosts where they are asked for, and those about sources and shells in flake.yaml. */
async function reportPackageProblems(
  problems: readonly LockPackagesProblem[],
  { openRendering }: Pick<CollectedRequests, "openRendering">,
  terminal: Terminal,
): Promise<void> {
  const isOfHost = ({ closure }: LockPackagesProblem): boolean => closure !== undefined && hostOf(closure) !== "shells";
  const part = (isWanted: boolean): LockPackagesProblem["diagnostic"][] =>
    problems.filter((problem) => isOfHost(problem) === isWanted).map(({ diagnostic }) => diagnostic);
  const ofFlake = part(false);
  await reportProblems(ofFlake, () => openPlainRendering(ofFlake, terminal), terminal);
  await reportProblems(part(true), openRendering ?? (() => openPlainRendering([], terminal)), terminal);
}

/**
 * Pins the sources of a flake that is not written yet; what hosts ask for stays as it is.
 *
 * @throws DiagnosticError with what is wrong with a source
 */
export async function lockSources(
  { flake, flakeFile: { manifest }, terminal }: FlakeInputs,
  lock: Lockfile,
): Promise<Lockfile> {
  if (Object.keys(manifest.sources).every((name) => Object.hasOwn(lock.sources, name))) return lock;
  const kept = Object.keys(lock.closures);
  const sources = absoluteSources(flake, manifest);
  const managers = await openManagers(terminal);
  const { packages, problems } = await lockPackages({ sources, previous: lock, requests: [], kept, managers });
  terminal.showProgress?.("");
  // The text has no place yet that could be shown.
  if (packages === undefined)
    throw new DiagnosticError(problems.map(({ diagnostic }) => ({ ...diagnostic, marks: [] })));
  return { ...lock, ...packages };
}

/** Finds out what the lock would become if all its sources were read anew; what hosts ask for stays what it was. */
export async function findNewPackages({
  flake,
  flakeFile: { manifest },
  lockFile: { lock },
  terminal,
}: FlakeInputs): Promise<LockPackagesOutcome> {
  const declared = absoluteSources(flake, manifest);
  const known = Object.entries(declared).filter(([name]) => Object.hasOwn(lock.sources, name));
  const sources = Object.fromEntries(known);
  const requests = Object.entries(lock.closures).flatMap(([name, { own, ...closure }]): ClosureRequest[] => {
    // What packages of the flake itself need is in its code, and not in its lock.
    return own === undefined ? [{ ...closure, name, marks: new Map() }] : [];
  });
  const usable = requests.filter((request) => request.sources.every(({ name }) => Object.hasOwn(sources, name)));
  const managers = await openManagers(terminal);
  const outcome = await lockPackages({ sources, previous: lock, requests: usable, update: "all", managers });
  terminal.showProgress?.("");
  await reportPackageProblems(outcome.problems, {}, terminal);
  return outcome;
}
