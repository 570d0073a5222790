import type { Diagnostic } from "@firn/diagnostic";
import { type InputPath, isAtOrBelow } from "@firn/input";
import { comparePins, emptyLock, isFollowsPin, type Lockfile, resolveFollows } from "@firn/lock";
import { atAsk, followsCycle, missingFollows, overridesNothing, staleInput, unknownInput } from "./input-problem.ts";
import type { LockOutcome, LockRequest } from "./lock-request.ts";
import { rememberAnswers } from "./remember-answers.ts";
import { chooseVersion, type VersionGroup } from "./version-choice.ts";
import { Walk } from "./walk.ts";
import type { WalkResult } from "./walk-result.ts";

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
  const sorted = [...pins].toSorted(([path], [other]) => compareTexts(path, other));
  // What the lock says of packages goes through as it is.
  const lock: Lockfile = { ...(request.previous ?? emptyLock), inputs: Object.fromEntries(sorted) };
  // What the flakes of others override in vain is nothing that the user could mend.
  const unused = overrides.list().filter(({ path, by }) => by === "" && !asks.has(path));
  const found = problems.toSorted((one, other) => compareTexts(one.path, other.path)).map((each) => each.diagnostic);
  const stale = staleInputs(request, { ...result, lock, isWhole: !found.some(isError) });
  const diagnostics = [
    ...unknownTargets(request, asks.keys()),
    ...found,
    ...stale,
    ...([...found, ...stale].some(isError) ? [] : followsProblems(result, lock)),
    ...unused.map((ask) => atAsk(ask, overridesNothing(ask))),
  ];
  return diagnostics.some(isError) ? { diagnostics } : { lock, diagnostics };
}

function compareTexts(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** Finds, where nothing may be fetched, what the lock has otherwise than it should, what it has too much included. */
function staleInputs(
  { fetcher, previous = emptyLock, unsettled = [] }: LockRequest,
  { stale, asks, lock, isWhole }: WalkResult & { lock: Lockfile; isWhole: boolean },
): Diagnostic[] {
  if (fetcher !== undefined) return [];
  // After other problems, and below what is stale, nobody looked whether the lock is right.
  const changes = isWhole ? comparePins(previous, lock).map(({ path }) => path) : [];
  const seen = changes.filter((path) => ![...stale].some((each) => isAtOrBelow(path, each)));
  return [...stale, ...seen].toSorted(compareTexts).map((path) => {
    const ask = asks.get(path) ?? { path, mirrors: [], by: "" };
    const isUnsettled = unsettled.some((each) => isAtOrBelow(path, each));
    return atAsk(ask, staleInput(ask, isUnsettled ? "A merge left both sides of it in lockfile.json" : undefined));
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
    return target.path === undefined ? [atAsk(ask, missingFollows(ask, Object.keys(lock.inputs)))] : [];
  });
}
