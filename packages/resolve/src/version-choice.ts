import { InternalError } from "@firn/diagnostic";
import type { InputPath, TagVersion } from "@firn/input";
import { satisfies } from "semver";

/** An input whose version is to be chosen. */
export interface VersionAsk {
  readonly path: InputPath;
  /** Says which inputs are the same package: source, folder and prefix. */
  readonly group: string;
  readonly range: string;
  /** The versions that satisfy its range and were not retracted, highest first; at least one. */
  readonly candidates: readonly TagVersion[];
  /** The version that a lock of one of its users has for it. */
  readonly seed?: string;
  /** Whether the user asked to move it, so that what others have does not hold it back. */
  readonly isMoving: boolean;
}

/** The versions that all inputs of a package have or ask for. */
export interface VersionGroup {
  readonly asks: readonly VersionAsk[];
  /** Versions of inputs that stay as they are. */
  readonly kept: readonly string[];
}

/**
 * Chooses the version for an input such that inputs of the same package get one
 * version where their ranges allow it. It depends on the group alone and not on
 * the order in which the inputs were found.
 */
export function chooseVersion(ask: VersionAsk, { asks, kept }: VersionGroup): TagVersion {
  const held = ask.isMoving ? undefined : ask.candidates.find(({ version }) => kept.includes(version.version));
  if (held !== undefined) return held;
  const mates = [...asks.filter(({ path }) => path !== ask.path), ask];
  const classmates = mates.filter((mate) => compatibilityClass(mate) === compatibilityClass(ask));
  const pool = [mates, classmates]
    .map((group) => ({ group, common: commonVersions(ask, group) }))
    .find(({ common }) => common.length > 0) ?? { group: [ask], common: ask.candidates };
  return pickOf(pool.group, pool.common) ?? highest(ask);
}

function highest({ candidates: [first] }: VersionAsk): TagVersion {
  if (first === undefined) throw new InternalError("A version cannot be chosen among none");
  return first;
}

function commonVersions(ask: VersionAsk, group: readonly VersionAsk[]): readonly TagVersion[] {
  return ask.candidates.filter((candidate) =>
    group.every(({ candidates }) =>
      candidates.some(({ commit, tag }) => commit === candidate.commit && tag === candidate.tag),
    ),
  );
}

/** Takes what the locks of all users agree to allow, otherwise the highest. */
function pickOf(group: readonly VersionAsk[], common: readonly TagVersion[]): TagVersion | undefined {
  const seeds = group.map(({ seed, isMoving }) => (isMoving ? undefined : seed));
  const seeded = common.filter(({ version }) => seeds.includes(version.version));
  const isSeeded = seeds.every((seed) => common.some(({ version }) => version.version === seed));
  return isSeeded ? seeded[0] : common[0];
}

/** Names the versions that go together: those of one major, below 1.0 of one minor. */
function compatibilityClass(ask: VersionAsk): string {
  const { version } = highest(ask);
  return version.major > 0 ? `${version.major}` : `0.${version.minor}`;
}

/** Keeps the versions that satisfy a range; a prerelease does only if the range names one of the same version. */
export function candidatesOf(versions: readonly TagVersion[], range: string): readonly TagVersion[] {
  return versions.filter(({ version }) => satisfies(version, range));
}
