import type { EntryOrigin, OptionOrigin, Origins } from "./origins.ts";

/** Why a step is in a plan: the lines that a person wrote, or the input that moved. */
export interface Cause {
  /** Path of the option that defines what the step is about, rendered. */
  readonly option: string;
  /** Where it is defined, as `file:line:column`; for what goes, where it was. */
  readonly places: readonly string[];
  /** Whether nobody defines it any more. */
  readonly isGone: boolean;
  /** Options that decided about it and have another value than last time. */
  readonly changes: readonly { readonly option: string; readonly place?: string }[];
  /** Options that decided about it and that a host defines. */
  readonly decided: readonly { readonly option: string; readonly place: string }[];
  /** What moved, as "core 1.2.0 -> 1.3.0". */
  readonly input?: string;
}

/** Finds the cause of a step, by the first of these keys that is known: "file /etc/motd", "user ada". */
export type FindCause = (...keys: readonly string[]) => Cause | undefined;

/** Opens the causes of what is between two generations. */
export function openCauses(before: Origins | undefined, after: Origins | undefined): FindCause {
  const readsBefore = valuesOf(before);
  const readsAfter = valuesOf(after);
  return (...keys) => {
    const key = keys.find((each) => entryOf(after, each) ?? entryOf(before, each));
    if (key === undefined) return undefined;
    const now = entryOf(after, key);
    const origins = now === undefined ? before : after;
    const entry = now ?? entryOf(before, key);
    if (origins === undefined || entry === undefined) return undefined;
    // A package that is new is there because somebody asks for it, whatever became of its source.
    const isNew = entryOf(before, key) === undefined;
    const input = before && after && movedInput(entry, isNew ? undefined : entry.source, { before, after });
    return {
      option: entry.option,
      places: entry.places,
      isGone: now === undefined,
      changes: before && after ? changedReads(readsOf(entry, origins), readsBefore, readsAfter) : [],
      decided: readsOf(entry, origins).flatMap(({ option, places: [place = ""] }) =>
        place.startsWith("hosts/") ? [{ option, place }] : [],
      ),
      ...(input !== undefined && { input }),
    };
  };
}

function entryOf(origins: Origins | undefined, key: string): EntryOrigin | undefined {
  return origins !== undefined && Object.hasOwn(origins.entries, key) ? origins.entries[key] : undefined;
}

function readsOf(entry: EntryOrigin, { reads }: Origins): OptionOrigin[] {
  return entry.reads.flatMap((index) => reads[index] ?? []);
}

type Reads = ReadonlyMap<string, OptionOrigin>;

function valuesOf(origins: Origins | undefined): Reads {
  return new Map(origins?.reads.map((read) => [read.option, read]));
}

function changedReads(reads: readonly OptionOrigin[], before: Reads, after: Reads): Cause["changes"] {
  const changed = reads.filter(({ option }) => before.get(option)?.value !== after.get(option)?.value);
  const placed = changed.map(({ option }) => {
    const place = (after.get(option) ?? before.get(option))?.places[0];
    return { option, ...(place !== undefined && { place }) };
  });
  // What a host says comes first: the rest may well follow from it.
  return [...placed.filter(isHosts), ...placed.filter((each) => !isHosts(each))];
}

function isHosts({ place = "" }: { readonly place?: string }): boolean {
  return place.startsWith("hosts/");
}

function movedInput(
  entry: EntryOrigin,
  source: string | undefined,
  { after, before }: { before: Origins; after: Origins },
): string | undefined {
  const names = entry.places.map((place) => /^([^:]+):[^:]+:\d+:\d+$/.exec(place)?.[1] ?? "");
  for (const name of [...(source === undefined ? [] : [source]), ...names]) {
    const [was, is] = [before.inputs[name], after.inputs[name]];
    if (was !== undefined && is !== undefined && was !== is) return `${name} ${was} -> ${is}`;
  }
  return undefined;
}

/** Renders a cause for the end of a line. */
export function renderCause({ changes, decided, input, isGone, option, places }: Cause): string {
  const change = changes.find(({ place }) => place !== undefined);
  if (change?.place !== undefined) return `${change.place} (${change.option})`;
  if (input !== undefined) return `input ${input}`;
  const [place = option] = places;
  const [decision] = place.startsWith("hosts/") ? [] : decided;
  const text = decision === undefined ? place : `${decision.place} (${decision.option})`;
  return isGone && text !== "" ? `was ${text}` : text;
}
