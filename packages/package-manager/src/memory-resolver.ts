import { ownSource } from "./own-candidate.ts";
import type { ResolveRequest } from "./package-manager.ts";
import type { ClosureMember, PackageRequest } from "./package-pin.ts";
import type { SourceState } from "./package-source.ts";
import type { PublishedPackage } from "./package-world.ts";
import { textDigest } from "./text-digest.ts";

/** A member of a closure. */
export type MemoryPackage = ClosureMember;

/** What is searched, and where. */
export interface Search extends ResolveRequest {
  listOf(state: SourceState): readonly PublishedPackage[];
}

/** What was found, or what is in the way. */
export interface Found {
  readonly members?: readonly MemoryPackage[];
  readonly unknown?: string;
  readonly conflict?: readonly [string, string];
  /** A package, and what it needs. */
  readonly lacking?: readonly [string, string];
}

interface Offer {
  readonly published: PublishedPackage;
  readonly pin: ClosureMember;
  readonly isOnRequest: boolean;
}

/** Finds the packages that fulfil a request: the newest of each, the first of alternatives; what was taken is not taken back. */
export function findMembers(search: Search): Found {
  const offers = listOffers(search);
  const chosen = new Map<string, Offer>();
  const waiting: { readonly request: PackageRequest; readonly neededBy?: string }[] = search.asked
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map((request) => ({ request }));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { neededBy, request } = next;
    if (chosen.has(request.name)) continue;
    const offer = choose(request, offers, search);
    if (offer === undefined)
      return neededBy === undefined ? { unknown: request.name } : { lacking: [neededBy, request.name] };
    const pin = neededBy === undefined ? offer.pin : { ...offer.pin, neededBy };
    chosen.set(request.name, { ...offer, pin });
    for (const alternatives of offer.published.needs ?? []) {
      const wanted = alternatives.find((name) => chosen.has(name) || choose({ name }, offers, search) !== undefined);
      if (wanted === undefined) return { lacking: [request.name, alternatives.join(" or ")] };
      waiting.push({ request: { name: wanted }, neededBy: request.name });
    }
  }
  const all = [...chosen.values()];
  for (const { published } of all)
    for (const name of published.conflicts ?? []) if (chosen.has(name)) return { conflict: [published.name, name] };
  return { members: all.map(({ pin }) => pin).toSorted((one, other) => (one.name < other.name ? -1 : 1)) };
}

function listOffers({ architecture, listOf, own = [], sources }: Search): Offer[] {
  const made = own.map(({ name, sha256, version, ...more }) => ({
    published: { name, version },
    pin: { name, version, architecture: more.architecture, source: ownSource, sha256, size: 0, path: "" },
    isOnRequest: false,
  }));
  const published = sources.flatMap(({ isOnRequest, name: source, state }) =>
    listOf(state).map((each) => ({ published: each, pin: pinOf(each, source, architecture), isOnRequest })),
  );
  return [...made, ...published];
}

function pinOf(published: PublishedPackage, source: string, architecture: string): ClosureMember {
  const { name, version } = published;
  const text = JSON.stringify(published);
  return {
    name,
    version,
    architecture,
    source,
    sha256: textDigest(text),
    size: text.length,
    path: `${name}-${version}`,
  };
}

function choose(
  request: PackageRequest,
  offers: readonly Offer[],
  { chosen = [], excluded }: Search,
): Offer | undefined {
  if (excluded.includes(request.name)) return undefined;
  const wish = { ...chosen.find(({ name }) => name === request.name), ...request };
  const named = offers.filter(({ isOnRequest, pin }) => {
    const isSource = wish.source === undefined ? !isOnRequest : pin.source === wish.source;
    return pin.name === wish.name && isSource && (wish.version === undefined || pin.version === wish.version);
  });
  // Of what a flake makes itself there is one, which comes first.
  const [first] = named;
  if (first?.pin.source === ownSource) return first;
  return named.toSorted((one, other) => compare(other.pin.version, one.pin.version))[0];
}

function compare(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
