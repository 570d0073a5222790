import { ownSource, type PackageRequest, type ResolveRequest } from "@firn/package-manager";
import type { AptWorld, WorldSource } from "./apt-world.ts";
import type { Catalog, Offer } from "./catalog.ts";
import { isPackageName } from "./plain-words.ts";

/** What is to be asked, with what was found out while asking. */
export interface Question {
  readonly request: ResolveRequest;
  readonly catalog: Catalog;
  readonly world: AptWorld;
  /** Packages that are not taken from a source although it has them, as "NAME SOURCE". */
  readonly forbidden: ReadonlySet<string>;
  /** Whether what a named package needs is taken from its source wherever that has it. */
  readonly isWide: boolean;
}

/** Renders what is asked for as words for `apt-get install`, in an order that does not depend on who asked first. */
export function renderWords({ catalog, request, world }: Question): string[] {
  const words = request.asked.map((asked) => {
    const { name, source, version } = asked;
    if (version !== undefined) return `${name}=${version}`;
    const mark = source === undefined ? undefined : markOf(preferredOffer(catalog.match(asked)), world);
    return mark === undefined ? name : `${name}/${mark}`;
  });
  return [...new Set(words)].toSorted();
}

/** The newest of those that come by themselves, if there is one. */
function preferredOffer(offers: readonly Offer[]): Offer | undefined {
  return offers.find((offer) => !isManual(offer)) ?? offers[0];
}

function isManual({ list, source }: Offer): boolean {
  return source.releases.get(list.suite)?.fields.get("NotAutomatic") === "yes";
}

function markOf(offer: Offer | undefined, { sources }: AptWorld): string | undefined {
  if (offer === undefined) return undefined;
  const source = sources.find(({ locked }) => locked === offer.source.locked);
  return source?.marks.get(offer.list.suite);
}

/** Renders what is preferred, in the format of apt_preferences(5). */
export function renderPreferences(question: Question): string {
  const { catalog, request, world } = question;
  const records: Record<string, string>[] = [];
  const settled = new Set<string>();
  const prefer = (name: string, pin: string, priority: number): void => {
    if (settled.has(name)) return;
    settled.add(name);
    records.push({ Package: name, Pin: pin, "Pin-Priority": `${priority}` });
  };
  for (const name of request.excluded.filter(isPackageName).toSorted()) prefer(name, "version *", never);
  for (const { name, source, version } of sortRequests(request.chosen ?? []))
    if (version !== undefined) prefer(name, `version ${version}`, above);
    else if (source !== undefined) prefer(name, `origin "${hostOf(source, world)}"`, above);
  const isSaid = ({ source, version }: PackageRequest): boolean => source !== undefined || version !== undefined;
  for (const { name } of sortRequests(request.asked.filter(isSaid))) settled.add(name);
  for (const { name } of sortRequests(request.own ?? [])) prefer(name, `origin "${hostOf(ownSource, world)}"`, above);
  for (const { name } of sortRequests(request.asked)) settled.add(name);
  for (const entry of [...question.forbidden].toSorted()) {
    const [name = "", source = ""] = entry.split(" ");
    prefer(name, `origin "${hostOf(source, world)}"`, never);
  }
  if (question.isWide)
    for (const { names, source } of listReach(request, catalog))
      for (const name of names) prefer(name, `origin "${hostOf(source, world)}"`, above);
  for (const { locked, mark } of world.sources)
    if (locked.isOnRequest) records.push({ Package: "*", Pin: `origin "${mark}"`, "Pin-Priority": `${last}` });
  return records.map((record) => `${renderRecord(record)}\n`).join("");
}

const never = -1;
/** Only where nothing else has it. */
const last = 1;
const above = 1001;

function renderRecord(record: Readonly<Record<string, string>>): string {
  return Object.entries(record)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join("");
}

function hostOf(name: string, { sources }: AptWorld): string {
  return sources.find(({ locked }: WorldSource) => locked.name === name)?.mark ?? name;
}

function sortRequests<Named extends PackageRequest>(requests: readonly Named[]): Named[] {
  return requests.toSorted((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)));
}

/** Lists what can be reached from the packages that are taken from a named source, as far as that has it. */
function listReach(request: ResolveRequest, catalog: Catalog): { source: string; names: string[] }[] {
  const starts = new Map<string, string[]>();
  for (const { name, source } of [...request.asked, ...(request.chosen ?? [])])
    if (source !== undefined) starts.set(source, [...(starts.get(source) ?? []), name]);
  return [...starts].toSorted().map(([source, names]) => {
    const reached = new Set<string>();
    const left = [...names];
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      const offer = preferredOffer(catalog.match({ name, source }));
      if (offer === undefined || reached.has(name)) continue;
      reached.add(name);
      left.push(...offer.stanza.needs.flat().map((relation) => relation.name));
    }
    return { source, names: [...reached].toSorted() };
  });
}
