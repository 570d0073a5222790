import type { Diagnostic } from "@firn/diagnostic";
import type { InputPath } from "@firn/input";
import { emptyLock, isFollowsPin, type Lockfile, resolveFollows } from "@firn/lock";
import { atAsk, followsCycle, missingFollows, overridesNothing, staleInput, unknownInput } from "./input-problem.ts";
import type { LockOutcome, LockRequest } from "./lock-request.ts";
import { rememberAnswers } from "./remember-answers.ts";
import { chooseVersion, type VersionGroup } from "./version-choice.ts";
import { Walk, type WalkResult } from "./walk.ts";

/** Passes after which versions that depend on each other stay as they are. */
const mostPasses = 10;

/**
 * Locks the inputs of a flake: a function of its flake.yaml, of the pins that
 * are still valid, and of what repositories offer; neither of the order in which
 * anything answers, nor of this machine.
 *
 * Problems: `stale-lock` without a fetcher, `unknown-input`, `missing-follows`,
 * `follows-cycle`, `input-cycle`, `forbidden-source`, `missing-ref`,
 * `ambiguous-ref`, `no-version`, `moved-tag`, `integrity-mismatch`,
 * `input-too-large`, `bad-flake`, and those of the fetcher.
 */
export async function lockInputs(request: LockRequest): Promise<LockOutcome> {
  const fetcher = request.fetcher && rememberAnswers(request.fetcher);
  let groups: ReadonlyMap<string, VersionGroup> = new Map();
  for (let pass = 1; ; pass++) {
    const result = await new Walk(request, fetcher, groups).run();
    const before = groups;
    groups = groupVersions(result);
    if (pass === mostPasses || isSettled(result, before, groups)) return outcomeOf(result, request);
  }
}

/** Collects, for each package that is asked for, all that ask for it. */
function groupVersions({ versionAsks, keptVersions }: WalkResult): Map<string, VersionGroup> {
  const groups = new Map<string, VersionGroup>();
  for (const ask of versionAsks) {
    const { asks = [], kept = keptVersions.get(ask.group) ?? [] } = groups.get(ask.group) ?? {};
    groups.set(ask.group, { asks: [...asks, ask], kept });
  }
  return groups;
}

/** Tells whether what is known after a pass would have led to the same versions. */
function isSettled(
  { versionAsks }: WalkResult,
  before: ReadonlyMap<string, VersionGroup>,
  after: ReadonlyMap<string, VersionGroup>,
): boolean {
  const none: VersionGroup = { asks: [], kept: [] };
  return versionAsks.every((ask) => {
    const chosen = chooseVersion(ask, before.get(ask.group) ?? none);
    return chosen.commit === chooseVersion(ask, after.get(ask.group) ?? none).commit;
  });
}

function outcomeOf(result: WalkResult, request: LockRequest): LockOutcome {
  const { pins, asks, overrides, problems } = result;
  const lock: Lockfile = { lockfileVersion: 1, inputs: Object.fromEntries(pins) };
  const unused = overrides.list().filter(({ path }) => !asks.has(path));
  const found = problems.toSorted(byPath).map(({ diagnostic }) => diagnostic);
  const diagnostics = [
    ...unknownTargets(request, asks.keys()),
    ...found,
    ...(found.some(isError) ? [] : [...followsProblems(result, lock), ...staleness(request, result)]),
    ...unused.map((ask) => atAsk(ask, overridesNothing(ask))),
  ];
  return diagnostics.some(isError) ? { diagnostics } : { lock, diagnostics };
}

function byPath(one: { readonly path: InputPath }, other: { readonly path: InputPath }): number {
  return one.path === other.path ? 0 : one.path < other.path ? -1 : 1;
}

/** Finds, where nothing may be fetched, what the lock has otherwise than it should. */
function staleness({ fetcher, previous = emptyLock }: LockRequest, { pins, asks }: WalkResult): Diagnostic[] {
  if (fetcher !== undefined) return [];
  const paths = [...new Set([...pins.keys(), ...Object.keys(previous.inputs)])].toSorted();
  return paths
    .filter((path) => JSON.stringify(pins.get(path)) !== JSON.stringify(previous.inputs[path]))
    .map((path) => {
      const ask = asks.get(path) ?? { path, mirrors: [], by: "" };
      return atAsk(ask, staleInput(ask));
    });
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

/** Finds what the user named that is no input, neither in the flake nor in the lock. */
function unknownTargets(request: LockRequest, known: Iterable<InputPath>): Diagnostic[] {
  const { update = [], overrides = new Map(), acceptMovedTags = [], previous } = request;
  const named = new Set([...(update === "all" ? [] : update), ...overrides.keys(), ...acceptMovedTags]);
  const paths = new Set([...known, ...Object.keys(previous?.inputs ?? {})]);
  return [...named].filter((path) => !paths.has(path)).map((path) => unknownInput(path, paths));
}

function followsProblems({ asks }: WalkResult, lock: Lockfile): Diagnostic[] {
  return Object.entries(lock.inputs).flatMap(([path, pin]) => {
    const ask = asks.get(path);
    if (!isFollowsPin(pin) || ask === undefined) return [];
    const target = resolveFollows(lock, path);
    if (target.cycle !== undefined) return [atAsk(ask, followsCycle(ask, target.cycle))];
    return target.path === undefined ? [atAsk(ask, missingFollows(ask))] : [];
  });
}
