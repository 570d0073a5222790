import type { Diagnostic } from "@firn/diagnostic";
import {
  findVersions,
  type GitRequirement,
  isAtOrBelow,
  isGitRequirement,
  isObjectId,
  type RemoteRefs,
  tagPrefixOf,
  type TagVersion,
} from "@firn/input";
import { emptyLock, type GitPin, isGitPin } from "@firn/lock";
import { satisfies, valid } from "semver";
import type { Ask } from "./ask.ts";
import { ambiguousRef, ambiguousTag, badOverride, goneTag, missingRef, movedTag, noVersion } from "./input-problem.ts";
import type { LockRequest } from "./lock-request.ts";
import { candidatesOf } from "./version-choice.ts";

/** The commit that an input becomes, and the tag that names it. */
export type Target = Pick<GitPin, "commit"> & Partial<Pick<GitPin, "version" | "tag" | "tagObject">>;

/** A target or several to choose from, or why there is none. */
export interface Found<Value> {
  readonly value?: Value;
  readonly diagnostics: readonly Diagnostic[];
}

/** Gives the target that a version of a repository is. */
export function targetOf({ version, tag, commit, tagObject }: TagVersion): Target {
  return { version: version.version, tag, tagObject: tagObject ?? null, commit };
}

/** Finds the commit of a branch, of a tag, or of the default branch. */
export function findRef(ask: Ask, ref: string | undefined, refs: RemoteRefs): Found<Target> {
  if (ref === undefined) return found(refs.head) ?? { diagnostics: [missingRef(ask, ref, refs.branches.keys())] };
  const branch = refs.branches.get(ref.replace(/^refs\/heads\//, ""));
  const tag = refs.tags.get(ref.replace(/^refs\/tags\//, ""))?.commit;
  if (ref.startsWith("refs/heads/")) return found(branch) ?? absent(ask, ref, refs);
  if (ref.startsWith("refs/tags/")) return found(tag) ?? absent(ask, ref, refs);
  if (branch !== undefined && tag !== undefined && branch !== tag) return { diagnostics: [ambiguousRef(ask, ref)] };
  return found(branch ?? tag) ?? absent(ask, ref, refs);
}

function found(commit: string | undefined): Found<Target> | undefined {
  return commit === undefined ? undefined : { value: { commit }, diagnostics: [] };
}

function absent(ask: Ask, ref: string, refs: RemoteRefs): Found<Target> {
  return { diagnostics: [missingRef(ask, ref, [...refs.branches.keys(), ...refs.tags.keys()])] };
}

/** The versions that an input may be. */
export interface Candidates {
  /** Those that satisfy its range, highest first; at least one. */
  readonly versions: readonly TagVersion[];
  /** The highest of the repository that is no prerelease, or else the highest that satisfies the range. */
  readonly highest: TagVersion;
}

/** Finds the versions that satisfy a range. Two tags that claim to be one of them are an error. */
export function findCandidates(
  ask: Ask,
  { requirement, range }: { requirement: GitRequirement; range: string },
  refs: RemoteRefs,
): Found<Candidates> {
  const { versions, ambiguous } = findVersions(refs, tagPrefixOf(requirement));
  const candidates = candidatesOf(versions, range);
  const doubtful = ambiguous.filter(([one]) => candidatesOf([one], range).length > 0);
  if (doubtful.length > 0) return { diagnostics: doubtful.map((pair) => ambiguousTag(ask, pair)) };
  const [first] = candidates;
  if (first === undefined) return { diagnostics: [noVersion(ask, range, versions)] };
  const highest = versions.find(({ version }) => version.prerelease.length === 0) ?? first;
  return { value: { versions: candidates, highest }, diagnostics: [] };
}

/**
 * Compares the tag that a lock has with the same tag now. A moved one is an
 * error unless the user accepts it; one that is gone is a warning, since the
 * commit may still be there.
 */
export function checkTag(
  ask: Ask,
  { pin, refs }: { pin: GitPin | undefined; refs: RemoteRefs },
  { acceptMovedTags = [] }: LockRequest,
): readonly Diagnostic[] {
  const { tag } = pin ?? {};
  if (pin === undefined || tag === undefined || acceptMovedTags.some((path) => isAtOrBelow(ask.path, path))) return [];
  const now = refs.tags.get(tag);
  if (now === undefined) return [goneTag(ask, tag)];
  return now.commit === pin.commit ? [] : [movedTag(ask, { tag, before: pin.commit, now: now.commit })];
}

/**
 * Compares a chosen tag with what the lock has for it at any input of the same
 * repository, so that a new input does not take what others refuse.
 */
export function checkChosen(
  ask: Ask,
  { chosen, git }: { chosen: TagVersion; git: string },
  { previous = emptyLock, acceptMovedTags = [] }: LockRequest,
): readonly Diagnostic[] {
  const { tag, commit: now } = chosen;
  const [known, ...others] = Object.values(previous.inputs)
    .filter((pin) => isGitPin(pin))
    .filter(({ want, tag: name }) => isGitRequirement(want) && want.git === git && name === tag)
    .map(({ commit }) => commit);
  if (known === undefined || [known, ...others].includes(now)) return [];
  if (acceptMovedTags.some((path) => isAtOrBelow(ask.path, path))) return [];
  return [movedTag(ask, { tag, before: known, now })];
}

/** Narrows what an input asks for to what the user gave for it: a version, or a commit, branch or tag. */
export function narrowRequirement(ask: Ask, requirement: GitRequirement, given: string): Found<GitRequirement> {
  const { semver, ref: _ref, rev, ...rest } = requirement;
  if (rev !== undefined) return { diagnostics: [badOverride(ask, given, 'it is asked for as one commit, with "rev"')] };
  if (semver === undefined) {
    return { value: { ...rest, ...(isObjectId(given) ? { rev: given } : { ref: given }) }, diagnostics: [] };
  }
  const version = valid(given);
  if (version === null) return { diagnostics: [badOverride(ask, given, "it is asked for by its version")] };
  return satisfies(version, semver)
    ? { value: { ...rest, semver: version }, diagnostics: [] }
    : { diagnostics: [badOverride(ask, given, `it is asked for as ${semver}`)] };
}
