import { type RenderOptions, renderPath } from "@firn/diagnostic";
import { readLockFile } from "@firn/flake-folder";
import type { Flake } from "@firn/loader";
import { describePin } from "@firn/lock";
import type { ManifestEntry } from "@firn/manifest";
import type { ShownMembers } from "@firn/sandbox";
import { hashContent } from "@firn/store";
import { relative, sep } from "node:path";
import { findCheckedInputs } from "../checked-inputs.ts";

/** Where what is in a generation was defined, and what decided about it. Stored beside the generation. */
export interface Origins {
  readonly version: 1;
  /** By key of a manifest's entry: "file /etc/motd". */
  readonly entries: { readonly [key: string]: EntryOrigin };
  /** Options that definitions had read. */
  readonly reads: readonly OptionOrigin[];
  /** Inputs by name: what they were pinned to; sources of packages: when they were so. */
  readonly inputs: { readonly [name: string]: string };
}

/** Where an entry was defined. */
export interface EntryOrigin {
  /** Path of the option, rendered. */
  readonly option: string;
  /** As `file:line:column`, from the root of the flake, or as `INPUT:file:line:column`; those of hosts first. */
  readonly places: readonly string[];
  /** What had been read before it was defined: indexes into `reads`. */
  readonly reads: readonly number[];
  /** Name of the source that a package comes from. */
  readonly source?: string;
}

/** An option that was read. */
export interface OptionOrigin {
  readonly option: string;
  /** Hash of its value; missing where it has none. */
  readonly value?: string;
  readonly places: readonly string[];
}

/** What origins are made from. */
export interface OriginSources {
  readonly flake: Flake;
  readonly entries: readonly ManifestEntry[];
  readonly members: ShownMembers;
  readonly render: RenderOptions;
}

type Locate = (place: ShownMembers["members"][number]["place"]) => string | undefined;

/** Finds out where what is in a manifest was defined. */
export function findOrigins({ entries, flake, members, render }: OriginSources): Origins {
  const checked = findCheckedInputs(flake);
  const pins = Object.entries(checked?.lock.inputs ?? {});
  const locate = placeFinder(render, { root: flake.root, inputs: checked?.folders ?? new Map<string, string>() });
  const byOption = groupByOption(members);
  const usesSources = entries.some(({ source }) => source !== undefined);
  const sources = usesSources ? Object.entries(readLockFile(flake.root).lock.sources) : [];
  const known = entries.map(({ key, option, source }) => {
    const found = findNearest(byOption, option);
    const reads = found.flatMap(({ call }) => members.calls[call] ?? []);
    const places = found.map(({ place }) => locate(place));
    const origin = { option: renderPath(option), places: sortPlaces(places), reads: [...new Set(reads)] };
    return [key, { ...origin, ...(source !== undefined && { source }) }] as const;
  });
  return {
    version: 1,
    entries: Object.fromEntries(known),
    reads: members.reads.map(({ definitions, json, path }) => ({
      option: renderPath(path),
      ...(json !== undefined && { value: hashContent(json).slice(0, 16) }),
      places: sortPlaces(definitions.map(({ place }) => locate(place))),
    })),
    inputs: Object.fromEntries([
      ...pins.map(([name, pin]) => [name, describePin(pin)] as const),
      ...sources.map(([name, { date }]) => [name, date] as const),
    ]),
  };
}

function groupByOption({ members }: ShownMembers): Map<string, ShownMembers["members"][number][]> {
  const groups = new Map<string, ShownMembers["members"][number][]>();
  for (const member of members) {
    const key = JSON.stringify(member.path);
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return groups;
}

/** Finds who defines an option, or else what it is a part of: an option of type "anything" has no members of its own. */
function findNearest<T>(byOption: ReadonlyMap<string, readonly T[]>, option: readonly string[]): readonly T[] {
  const found = byOption.get(JSON.stringify(option));
  return found ?? (option.length <= 1 ? [] : findNearest(byOption, option.slice(0, -1)));
}

function placeFinder(
  { sources }: RenderOptions,
  { inputs, root }: { root: string; inputs: ReadonlyMap<string, string> },
): Locate {
  return (place) => {
    const found = sources?.locate(place);
    if (found === undefined) return undefined;
    const input = [...inputs].find(([, folder]) => found.file.startsWith(folder + sep));
    const file = input === undefined ? relative(root, found.file) : `${input[0]}:${relative(input[1], found.file)}`;
    return `${file}:${found.line}:${found.column}`;
  };
}

/** Puts what a host says before what modules say: the hosts are what a person changes. */
function sortPlaces(places: readonly (string | undefined)[]): string[] {
  const all = [...new Set(places.flatMap((place) => place ?? []))];
  return [...all.filter((place) => place.startsWith("hosts/")), ...all.filter((place) => !place.startsWith("hosts/"))];
}

/** Finds where an option, or what it is a part of, is defined. */
export function findPlaces(origins: Origins | undefined, path: readonly string[]): readonly string[] {
  const entries = Object.values(origins?.entries ?? {});
  for (let length = path.length; length > 1; length--) {
    const option = renderPath(path.slice(0, length));
    const entry = entries.find((each) => each.option === option);
    if (entry !== undefined) return entry.places;
  }
  return [];
}

/** Renders origins as JSON. */
export function renderOrigins(origins: Origins): string {
  return `${JSON.stringify(origins)}\n`;
}

/** Parses origins; undefined when there are none of this version, which costs no more than the causes in a plan. */
export function parseOrigins(text: string | undefined): Origins | undefined {
  if (text === undefined) return undefined;
  try {
    const data = JSON.parse(text) as Origins; // Firn wrote it: the version tells the shape.
    return data.version === 1 ? data : undefined;
  } catch {
    return undefined;
  }
}
