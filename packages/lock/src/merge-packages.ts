import { packageKey } from "@firn/package-manager";
import { compareCodeUnits } from "./compare-code-units.ts";
import {
  type Closure,
  findClosure,
  findSource,
  type PackageLock,
  packageLockOf,
  type SourcePin,
} from "./package-lock.ts";
import { renderPackages, wantFields } from "./render-packages.ts";

/** What two locks became that were made from one. */
interface Sides {
  readonly base: PackageLock | undefined;
  readonly ours: PackageLock;
  readonly theirs: PackageLock;
}

/**
 * Merges what locks say of packages, by name. A source that both sides moved is
 * in the newer of the two states; where they want something else of it, or found
 * other packages for a closure, it is left out and has to be locked anew.
 *
 * @param base what both were made from; undefined when it is not known
 */
export function mergePackages(base: PackageLock | undefined, ours: PackageLock, theirs: PackageLock): PackageLock {
  const sides = { base, ours, theirs };
  const sources = new Map<string, SourcePin>();
  const lost = new Set<string>();
  for (const name of namesOf("sources", sides)) {
    const states = [base && findSource(base, name), findSource(ours, name), findSource(theirs, name)] as const;
    const pin = decide(states, { isKnown: base !== undefined, isSame: isSameSource, settle: newer });
    if (pin !== undefined) sources.set(name, pin);
    else lost.add(name);
  }
  const closures = new Map<string, Closure>();
  for (const name of namesOf("closures", sides)) {
    const states = [base && findClosure(base, name), findClosure(ours, name), findClosure(theirs, name)] as const;
    const closure = decide(states, { isKnown: base !== undefined, isSame: isSameClosure, settle: () => undefined });
    const isWhole = closure?.sources.every((source) => sources.has(source.name)) === true;
    if (closure !== undefined && isWhole) closures.set(name, closure);
  }
  for (const name of findClashes(closures)) closures.delete(name);
  return packageLockOf(sources, closures);
}

function namesOf(part: "sources" | "closures", { base, ours, theirs }: Sides): readonly string[] {
  const names = [base, ours, theirs].flatMap((side) => Object.keys(side?.[part] ?? {}));
  return [...new Set(names)].toSorted(compareCodeUnits);
}

interface Deciding<Value> {
  /** Whether it is known what both sides were made from. */
  readonly isKnown: boolean;
  isSame(one: Value | undefined, other: Value | undefined): boolean;
  /** Finds what to take of two that both changed. */
  settle(one: Value, other: Value): Value | undefined;
}

function decide<Value>(
  [before, one, other]: readonly [Value | undefined, Value | undefined, Value | undefined],
  { isKnown, isSame, settle }: Deciding<Value>,
): Value | undefined {
  if (isSame(one, other)) return one;
  // What nobody asks for is removed when packages are locked, so that too much does no harm.
  if (!isKnown && (one === undefined || other === undefined)) return one ?? other;
  if (isKnown && isSame(one, before)) return other;
  if (isKnown && isSame(other, before)) return one;
  return one === undefined || other === undefined ? undefined : settle(one, other);
}

/** Tells whether two pins of a source, or their absence, are the same. */
export function isSameSource(one: SourcePin | undefined, other: SourcePin | undefined): boolean {
  return textOf("sources", one) === textOf("sources", other);
}

/** Tells whether two closures, or their absence, are the same. */
export function isSameClosure(one: Closure | undefined, other: Closure | undefined): boolean {
  return one === other || textOf("closures", one) === textOf("closures", other);
}

/** Renders the value alone, its part of the table included. */
function textOf(part: "sources" | "closures", value: SourcePin | Closure | undefined): string {
  return value === undefined
    ? ""
    : JSON.stringify(renderPackages({ sources: {}, closures: {}, [part]: { it: value } }));
}

function newer(one: SourcePin, other: SourcePin): SourcePin | undefined {
  if (JSON.stringify(wantFields(one.want)) !== JSON.stringify(wantFields(other.want))) return undefined;
  const [time, otherTime] = [Date.parse(one.date), Date.parse(other.date)];
  if (time !== otherTime) return time > otherTime ? one : other;
  return undefined;
}

/** Finds closures that have a package of one key as different files, which one table cannot say. */
function findClashes(closures: ReadonlyMap<string, Closure>): string[] {
  const files = new Map<string, { readonly text: string; readonly name: string }>();
  const clashes: string[] = [];
  for (const [name, { packages }] of closures) {
    for (const pin of packages) {
      const key = `${pin.source} ${packageKey(pin)}`;
      const text = `${pin.sha256} ${pin.size} ${pin.path}`;
      const found = files.get(key);
      if (found === undefined) files.set(key, { text, name });
      else if (found.text !== text) clashes.push(name, found.name);
    }
  }
  return clashes;
}
