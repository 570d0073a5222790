import type { Diagnostic } from "@firn/diagnostic";
import { type GitRequirement, inputName, isGitRequirement, type TagVersion, tagPrefixOf } from "@firn/input";
import { emptyLock, findPin, type GitPin, isGitPin } from "@firn/lock";
import { parseFlake } from "@firn/flake-file";
import { satisfies } from "semver";
import type { Ask } from "./ask.ts";
import type { Fetcher, Source } from "./fetcher.ts";
import type { FlakeNode } from "./flake-node.ts";
import { onlyRetracted } from "./input-problem.ts";
import { findSeed } from "./known-pins.ts";
import type { LockRequest } from "./lock-request.ts";
import {
  type Candidates,
  checkChosen,
  checkTag,
  findCandidates,
  findRef,
  type Found,
  narrowRequirement,
  type Target,
  targetOf,
} from "./target.ts";
import { chooseVersion, type VersionAsk, type VersionGroup } from "./version-choice.ts";

/** What choosing a target needs to know beside the input. */
export interface TargetContext {
  readonly request: LockRequest;
  readonly fetcher: Fetcher;
  /** The packages that several inputs ask for, as the pass before this one found them. */
  readonly groups: ReadonlyMap<string, VersionGroup>;
  /** Notes an input whose version is chosen, for the next pass. */
  note(ask: VersionAsk): void;
}

/** Says which inputs are the same package: one version is enough for them. */
export function groupOf(requirement: GitRequirement): string {
  return JSON.stringify([requirement.git, requirement.dir ?? "", tagPrefixOf(requirement)]);
}

/** Resolves what an input asks for to one commit. */
export async function resolveTarget(
  { ask, parent, requirement }: { ask: Ask; parent: FlakeNode; requirement: GitRequirement },
  context: TargetContext,
): Promise<Found<Target>> {
  const { request, fetcher } = context;
  const given = request.overrides?.get(ask.path);
  const narrowed: Found<GitRequirement> =
    given === undefined ? { value: requirement, diagnostics: [] } : narrowRequirement(ask, requirement, given);
  if (narrowed.value === undefined) return { diagnostics: narrowed.diagnostics };
  const { rev, semver, ref } = narrowed.value;
  if (rev !== undefined) return { value: { commit: rev }, diagnostics: [] };
  const isMoving = Array.isArray(request.update) && request.update.includes(ask.path);
  const seed = isMoving || given !== undefined ? undefined : findSeed(parent.known, inputName(ask.path), requirement);
  if (semver === undefined && seed !== undefined) {
    return { value: { commit: seed.commit }, diagnostics: [] };
  }
  const source: Source = { git: requirement.git, mirrors: ask.mirrors };
  const listed = await fetcher.listRefs(source);
  if (listed.value === undefined) return { diagnostics: listed.diagnostics };
  const refs = listed.value;
  if (semver === undefined) return findRef(ask, ref, refs);
  const tagProblems = [previousPin(ask, requirement, request), seed].flatMap((pin) =>
    checkTag(ask, { pin, refs }, request),
  );
  if (tagProblems.some(isError)) return { diagnostics: tagProblems };
  const candidates = findCandidates(ask, { requirement, range: semver }, refs);
  if (candidates.value === undefined) return { diagnostics: [...tagProblems, ...candidates.diagnostics] };
  const kept = await withoutRetracted(candidates.value, { source, requirement }, fetcher);
  if (kept.length === 0) return { diagnostics: [...tagProblems, onlyRetracted(ask, semver)] };
  const versionAsk: VersionAsk = {
    path: ask.path,
    group: groupOf(requirement),
    range: semver,
    candidates: kept,
    isMoving: isMoving || given !== undefined,
    ...(seed?.version !== undefined && { seed: seed.version }),
  };
  context.note(versionAsk);
  const chosen = chooseVersion(versionAsk, context.groups.get(versionAsk.group) ?? { asks: [], kept: [] });
  const moved = checkChosen(ask, { chosen, git: requirement.git }, request);
  return { ...(moved.length === 0 && { value: targetOf(chosen) }), diagnostics: [...tagProblems, ...moved] };
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

/** Finds what the lock has for an input, unless that is of another repository, whose tags are others. */
function previousPin(
  { path }: Ask,
  { git }: GitRequirement,
  { previous = emptyLock }: LockRequest,
): GitPin | undefined {
  const pin = findPin(previous, path);
  return pin !== undefined && isGitPin(pin) && isGitRequirement(pin.want) && pin.want.git === git ? pin : undefined;
}

/**
 * Leaves out the versions that the highest one says were retracted. What cannot
 * be fetched or read retracts nothing: the choice then fails on its own, or not.
 */
async function withoutRetracted(
  { versions, highest }: Candidates,
  { source, requirement }: { source: Source; requirement: GitRequirement },
  fetcher: Fetcher,
): Promise<readonly TagVersion[]> {
  if (requirement.flake === false) return versions;
  const { dir = "", submodules = false } = requirement;
  const tree = await fetcher.fetchTree({ source, commit: highest.commit, dir, submodules });
  const text = tree.value?.flakeFile;
  if (text === undefined) return versions;
  const { retracted } = parseFlake(text, { file: "flake.yaml", role: "input" }).manifest;
  return versions.filter(({ version }) => !retracted.some((range) => satisfies(version, range)));
}
