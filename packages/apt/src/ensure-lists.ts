import { FetchFailure } from "@firn/download";
import type { ListPin, LockedSource } from "@firn/package-manager";
import { type AptContext, withClient } from "./apt-context.ts";
import { AptFailure, describeProblem } from "./apt-failure.ts";
import { type ArchiveClient, type Refusal, refusalOf } from "./archive-client.ts";
import { fetchList } from "./fetch-list.ts";
import { isPinned } from "./list-cache.ts";
import { listStateLists, releasePath, type SourceList } from "./list-paths.ts";
import { assertPlain } from "./plain-words.ts";
import { parseRelease, type Release } from "./parse-release.ts";
import { findSignedText } from "./signed-text.ts";
import { listAddresses, listSettledMoments, listSnapshotAddresses } from "./source-addresses.ts";

/** A list of packages that the cache has. */
export interface ReadyList extends SourceList {
  readonly pin: ListPin;
}

/** A locked source whose lists the cache has. */
export interface ReadySource {
  readonly locked: LockedSource;
  /** For one architecture; none when the source has nothing for it. */
  readonly lists: readonly ReadyList[];
  /** By suite; of those that have one of the lists. */
  readonly releases: ReadonlyMap<string, Release>;
}

/**
 * Has the lists of a locked state in the cache: those of one architecture. The
 * lock pins them, so that no signature has to be checked again.
 *
 * @throws AptFailure "bad-source" when nobody has them any more, "fetch-failed"
 */
export async function ensureLists(
  locked: LockedSource,
  architecture: string,
  context: AptContext,
): Promise<ReadySource> {
  assertPlain(locked.source, architecture);
  return withClient(context, async (client) => {
    const ready: ReadyList[] = [];
    const releases = new Map<string, Release>();
    const work = { locked, client, context, addresses: addressesOf(locked) };
    for (const list of listStateLists(locked.source, locked.state, architecture)) {
      const pin = locked.state.lists[list.path];
      if (pin === undefined) continue;
      const release = releases.get(list.suite) ?? (await ensureRelease(list.suite, work));
      releases.set(list.suite, release);
      await ensureList({ ...list, pin }, release, work);
      ready.push({ ...list, pin });
    }
    return { locked, lists: ready, releases };
  });
}

interface Work {
  readonly locked: LockedSource;
  readonly client: ArchiveClient;
  readonly context: AptContext;
  readonly addresses: readonly string[];
}

function addressesOf({ source, state }: LockedSource): string[] {
  const snapshots = listSettledMoments(source, state.date).flatMap((moment) => listSnapshotAddresses(source, moment));
  return source.snapshot === undefined
    ? [...listAddresses(source), ...snapshots]
    : [...snapshots, ...listAddresses(source)];
}

async function ensureRelease(suite: string, { addresses, client, context, locked }: Work): Promise<Release> {
  const path = releasePath(suite);
  const pin = locked.state.lists[path];
  if (pin === undefined) throw describeMoved(locked, path, []);
  if (!context.lists.has(pin))
    context.lists.keep(pin, await readPinned(path, pin, { addresses, client, context, locked }));
  const text = findSignedText(context.lists.read(pin).toString());
  if (text === undefined) throw describeMoved(locked, path, []);
  return parseRelease(text);
}

async function readPinned(path: string, pin: ListPin, { addresses, client, locked }: Work): Promise<Buffer> {
  const refusals: Refusal[] = [];
  for (const address of addresses) {
    const full = `${address}/${path}`;
    try {
      const bytes = await client.read(full, Math.max(pin.size * 2, 1_000_000));
      if (isPinned(bytes, pin)) return bytes;
      throw new FetchFailure("it is another than the one that is locked");
    } catch (thrown) {
      refusals.push(refusalOf(full, thrown));
    }
  }
  throw describeMoved(locked, path, refusals);
}

async function ensureList(
  list: ReadyList,
  release: Release,
  { addresses, client, context, locked }: Work,
): Promise<void> {
  const { pin } = list;
  if (context.lists.has(pin)) return;
  context.progress(`Fetching the packages of ${list.suite} ${list.component} for ${list.architecture}`);
  const bytes = await fetchList({ addresses, list, pin, release }, client, context);
  if (Array.isArray(bytes)) throw describeMoved(locked, list.path, bytes);
  context.lists.keep(pin, bytes);
}

function describeMoved({ name, state }: LockedSource, path: string, refusals: readonly Refusal[]): AptFailure {
  // Where nobody answered, it may be there for all we know.
  const isMoved = refusals.length === 0 || refusals.some(({ failure }) => !failure.isUnreachable && !failure.isPassing);
  const why = refusals.map(({ address, failure }) => `${address}: ${failure.message}`);
  return new AptFailure(
    describeProblem({
      code: isMoved ? "bad-source" : "fetch-failed",
      message: `Cannot find "${path}" of the source "${name}" as it was at ${state.date}`,
      why: isMoved ? ["The source has moved on, and no address has the state that is locked", ...why] : why,
      fix: isMoved ? `firn update ${name}` : "Check that this machine is online; then run it again",
      cause: refusals.at(-1)?.failure,
    }),
  );
}
