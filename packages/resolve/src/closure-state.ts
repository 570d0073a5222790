import type { Diagnostic } from "@firn/diagnostic";
import {
  type Closure,
  type ClosureOrigin,
  findClosure,
  findSource,
  type PackageLock,
  type SourcePin,
} from "@firn/lock";
import { declareSource } from "./package-problem.ts";
import type { ClosureRequest, ClosureSource, PackageRequest } from "@firn/package-manager";

/** What a closure is made from: the request in its one form, with the dates of the sources that matter. */
export type ClosureBasis = Omit<Closure, "packages">;

/**
 * Gives what a closure is to be made from. Sources that are used only where a
 * request names them, and that none names, say nothing about it and are left out.
 */
export function basisOf(request: ClosureRequest, pins: ReadonlyMap<string, SourcePin>): ClosureBasis {
  const { architecture, asked, chosen = [], excluded, own = [] } = request;
  const sources = sourcesOf(request).map(({ isOnRequest, name }): ClosureOrigin => {
    return { name, isOnRequest, date: pins.get(name)?.date ?? "" };
  });
  return {
    architecture,
    sources,
    asked: normalize(asked),
    ...(chosen.length > 0 && { chosen: normalize(chosen) }),
    excluded: [...new Set(excluded)].toSorted(compareTexts),
    ...(own.length > 0 && { own: own.map(({ name, version }) => `${name} ${version}`).toSorted(compareTexts) }),
  };
}

/** Lists the sources that matter for a request, in its order. */
export function sourcesOf({ asked, chosen = [], sources }: ClosureRequest): readonly ClosureSource[] {
  const named = new Set([...asked, ...chosen].map(({ source }) => source));
  return sources.filter(({ isOnRequest, name }) => !isOnRequest || named.has(name));
}

/** Tells whether a closure was made from just that. */
export function isMadeFrom(closure: Closure, basis: ClosureBasis): boolean {
  return keyOf(closure) === keyOf(basis);
}

/** Gives a text that is the same for the same basis only. */
export function keyOf({ architecture, asked, chosen = [], excluded, own = [], sources }: ClosureBasis): string {
  const requests = [asked, chosen].map((all) =>
    all.map(({ name, source = "", version = "" }) => [name, source, version]),
  );
  return JSON.stringify([
    architecture,
    sources.map(({ date, isOnRequest, name }) => [name, isOnRequest, date]),
    requests,
    excluded,
    own,
  ]);
}

function normalize(requests: readonly PackageRequest[]): readonly PackageRequest[] {
  return requests
    .map(({ name, source, version }) => ({
      name,
      ...(source !== undefined && { source }),
      ...(version !== undefined && { version }),
    }))
    .toSorted((one, other) => compareTexts(one.name, other.name));
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/**
 * Finds the closures that are asked for otherwise than the lock has them, for
 * commands that only use it.
 *
 * Problems: `stale-lock`, each at a package that is not locked if there is one.
 */
export function findStaleClosures(requests: readonly ClosureRequest[], lock: PackageLock): Diagnostic[] {
  return requests.flatMap((request) => {
    const pins = new Map(Object.entries(lock.sources));
    const closure = findClosure(lock, request.name);
    const basis = basisOf(request, pins);
    return closure !== undefined && isMadeFrom(closure, basis) ? [] : [staleClosure(request, { closure, basis, lock })];
  });
}

interface Stale {
  readonly closure: Closure | undefined;
  readonly basis: ClosureBasis;
  readonly lock: PackageLock;
}

/** Says that a closure has to be locked. */
export function staleClosure(request: ClosureRequest, { basis, closure, lock }: Stale): Diagnostic {
  const { marks, name, sources } = request;
  const locked = new Set(closure?.asked.map((each) => each.name));
  const added = basis.asked.map((each) => each.name).filter((each) => !locked.has(each));
  const shown = added.slice(0, mostShown).map((each) => `"${each}"`);
  const more = added.length > mostShown ? ` and ${added.length - mostShown} more` : "";
  const [first] = added;
  return {
    code: "stale-lock",
    severity: "error",
    message:
      first === undefined
        ? `Cannot build "${name}": its packages were locked for something else`
        : `Cannot build "${name}": the lock has no packages for ${shown.join(", ")}${more}`,
    marks: added.flatMap((each) => marks.get(each) ?? []),
    ...(first !== undefined && { optionPath: ["environment", "packages", first] }),
    ...(closure !== undefined && first === undefined && { why: whyStale(closure, basis, lock) }),
    fix: sources.length === 0 ? `${declareSource}, then run: firn lock` : "firn lock",
  };
}

const mostShown = 5;

function whyStale(closure: Closure, basis: ClosureBasis, lock: PackageLock): string[] {
  const wanted = new Set(basis.asked.map(({ name }) => name));
  const gone = closure.asked.filter(({ name }) => !wanted.has(name)).map(({ name }) => `"${name}"`);
  const moved = closure.sources.filter(({ date, name }) => (findSource(lock, name)?.date ?? date) !== date);
  const before = new Set(closure.own);
  const made = (basis.own ?? []).filter((each) => !before.has(each)).map((each) => `"${each.split(" ")[0] ?? ""}"`);
  return [
    ...(made.length > 0 ? [`What the flake makes itself has changed: ${made.slice(0, mostShown).join(", ")}`] : []),
    ...(gone.length > 0 ? [`Nothing asks for ${gone.slice(0, mostShown).join(", ")} any more`] : []),
    ...moved.map(({ date, name }) => `They are from the state of "${name}" of ${date}, which the lock no longer has`),
    ...(made.length + gone.length + moved.length === 0 ? ["Sources, versions or what is excluded are others now"] : []),
  ];
}
