import { showAddress, workThrough } from "@firn/download";
import type { ListPin, PackageSource, SourceState } from "@firn/package-manager";
import { type AptContext, withClient } from "./apt-context.ts";
import { AptFailure, describeProblem } from "./apt-failure.ts";
import type { ArchiveClient, Refusal } from "./archive-client.ts";
import { fetchList, type WantedList } from "./fetch-list.ts";
import { everywhere, listSuiteLists, listSuites, releasePath, type SourceList } from "./list-paths.ts";
import { assertPlain } from "./plain-words.ts";
import { type ReadRelease, readRelease, showTime } from "./read-release.ts";
import { listAddresses, listSnapshotAddresses } from "./source-addresses.ts";
import { sweepCache } from "./sweep-cache.ts";

/**
 * Reads what a source has now, or had at its snapshot: the signed list of each
 * suite, and all that it vouches for and the source asks for. They are in the
 * cache afterwards.
 *
 * @throws AptFailure "fetch-failed", "bad-source"
 */
export async function readSource(source: PackageSource, context: AptContext): Promise<SourceState> {
  assertPlain(source);
  sweepCache(context.cache);
  return withClient(context, async (client) => {
    const { snapshot } = source;
    const addresses = snapshot === undefined ? listAddresses(source) : listSnapshotAddresses(source, snapshot);
    const releases: ReadRelease[] = [];
    const read = async (suite: string): Promise<void> => {
      releases.push(await readRelease({ source, suite, addresses }, client, context));
    };
    await workThrough(listSuites(source), { count: 4, stop: new AbortController() }, read);
    const wanted = releases.flatMap((release) => listWanted(source, release, addresses));
    await fetchMissing(wanted, client, context);
    return {
      date: showTime(Math.max(...releases.map(({ date }) => date))),
      lists: Object.fromEntries(
        [
          ...releases.map(({ pin, suite }): [string, ListPin] => [releasePath(suite), pin]),
          ...wanted.map(({ list, pin }): [string, ListPin] => [list.path, pin]),
        ].toSorted(([one], [other]) => (one < other ? -1 : 1)),
      ),
    };
  });
}

function listWanted(source: PackageSource, read: ReadRelease, addresses: readonly string[]): WantedList[] {
  const { release, suite } = read;
  const lists = listSuiteLists(source, suite, [...source.architectures, ...ownEverywhere(read)]);
  // What signed the suite most likely has its lists in the same state.
  const ordered = [read.address, ...addresses.filter((address) => address !== read.address)];
  return lists.map((list) => {
    const pin = release.files.get(list.file);
    if (pin === undefined) throw describeMissing(source, list, read);
    return { addresses: ordered, list, pin, release };
  });
}

/** Most archives repeat packages that run everywhere in the list of each architecture. */
function ownEverywhere({ release }: ReadRelease): string[] {
  const architectures = (release.fields.get("Architectures") ?? "").split(/\s+/);
  const isRepeated = (release.fields.get("No-Support-for-Architecture-all") ?? "").includes("Packages");
  return architectures.includes(everywhere) && !isRepeated ? [everywhere] : [];
}

function describeMissing(source: PackageSource, list: SourceList, { release }: ReadRelease): AptFailure {
  const pairs = [...release.files.keys()].flatMap((path) => {
    const { architecture, component } =
      /^(?<component>.+)\/binary-(?<architecture>[^/]+)\/Packages$/.exec(path)?.groups ?? {};
    return architecture === undefined || component === undefined ? [] : [{ architecture, component }];
  });
  const names = (values: readonly string[]): string => [...new Set(values)].toSorted().join(", ");
  const isKnown = pairs.some(({ component }) => component === list.component);
  const of = `the suite "${list.suite}" of "${showAddress(source.address)}"`;
  const has = isKnown
    ? names(pairs.flatMap(({ architecture, component }) => (component === list.component ? [architecture] : [])))
    : names(pairs.map(({ component }) => component));
  const what = isKnown ? `packages for "${list.architecture}"` : `the component "${list.component}"`;
  return new AptFailure(
    describeProblem({
      code: "bad-source",
      message: `Cannot find ${what} in ${of}`,
      why: [`It has ${isKnown ? "architectures" : "components"}: ${has === "" ? "none" : has}`],
      fix: isKnown ? "Change architectures, or move the suite to a source of its own" : "Change components",
    }),
  );
}

/** Fetches the lists that the cache has not. @throws AptFailure */
export async function fetchMissing(
  wanted: readonly WantedList[],
  client: ArchiveClient,
  context: AptContext,
): Promise<void> {
  const missing = wanted.filter(({ pin }) => !context.lists.has(pin));
  // The largest last would have one connection at work, and the others idle.
  const largestFirst = missing.toSorted((one, other) => other.pin.size - one.pin.size);
  await workThrough(largestFirst, { count: 4, stop: new AbortController() }, async (one) => {
    context.progress(`Fetching the packages of ${one.list.suite} ${one.list.component} for ${one.list.architecture}`);
    const bytes = await fetchList(one, client, context);
    if (Array.isArray(bytes)) throw describeRefusals(one, bytes);
    context.lists.keep(one.pin, bytes);
  });
}

function describeRefusals({ list }: WantedList, refusals: readonly Refusal[]): AptFailure {
  const why = refusals.map(({ address, failure }) => `${address}: ${failure.message}`);
  const message = `Cannot read the packages of the suite "${list.suite}", ${list.component}, for "${list.architecture}"`;
  const isBad = refusals.every(({ failure }) => !failure.isPassing && !failure.isUnreachable);
  const cause = refusals.at(-1)?.failure;
  return new AptFailure(
    isBad
      ? describeProblem({
          code: "bad-source",
          message,
          why,
          cause,
          fix: "Run it again in a while, or name another mirror",
        })
      : describeProblem({ code: "fetch-failed", message, why, cause, fix: "Run it again: what has arrived is kept" }),
  );
}
