import { type Diagnostic, similarNames } from "@firn/diagnostic";
import {
  type ClosureMember,
  type ClosureRequest,
  type ClosureSource,
  orderSources,
  type PackageRequest,
} from "@firn/package-manager";
import type { OwnPackage } from "@firn/own-package";
import * as z from "zod";
import { type ClosurePlace, closurePlaces, hostPackages, hostSources } from "./closure-places.ts";
import type { ContentReader } from "./content-reader.ts";
import type { ManagedPackage, ManagedPackages } from "./manifest.ts";
import { ManifestReading, type Member } from "./manifest-reading.ts";
import { ownPackagesPath } from "./read-own-packages.ts";

/** The packages of a closure, and how their files are called. */
export interface LockedPackages {
  /** Name of the manager. */
  readonly manager: string;
  readonly members: readonly ClosureMember[];
  fileNameOf(member: ClosureMember): string;
}

const choice = z.object({ source: z.string().nullable().default(null), version: z.string().nullable().default(null) });
const wanted = choice.extend({ enable: z.boolean().default(true) });
const texts = z.array(z.string());

/** What is read, and what the flake has beside the configuration. */
export interface ReadRequestsOptions {
  /** Name of the host in the flake. */
  readonly host: string;
  readonly contents: ContentReader;
  /** Package sources of the flake, in its order. */
  readonly sources: readonly ClosureSource[];
  /** Packages that the configuration makes itself, each of which may need tools. @default none */
  readonly own?: readonly OwnPackage[];
}

/** What a configuration asks the lock for, and where. */
export interface PlacedRequest {
  readonly request: ClosureRequest;
  /** Path of the option whose members are the packages. */
  readonly option: readonly string[];
}

/**
 * Reads which packages a configuration asks the lock for: a closure of the name
 * of the host, one for each home and each service that has packages of its own,
 * and before them the tools that packages of the flake are built with. Where
 * definitions stand, the caller knows.
 *
 * Problems: `bad-manifest`.
 */
export function readClosureRequests(
  configuration: unknown,
  { contents, host, own = [], sources }: ReadRequestsOptions,
): { readonly requests: readonly PlacedRequest[]; readonly diagnostics: readonly Diagnostic[] } {
  const reading = new ManifestReading(configuration, contents);
  const requests = [
    ...own.flatMap((each) => readTools(reading, { host, own: each, sources })),
    ...closurePlaces(reading, host).flatMap((place) => readRequest(reading, place, sources)),
  ];
  const { diagnostics } = reading;
  return { requests: diagnostics.length > 0 ? [] : requests, diagnostics };
}

/** Tells whether a configuration asks for any packages. */
export function asksForPackages(configuration: unknown, contents: ContentReader): boolean {
  const reading = new ManifestReading(configuration, contents);
  return closurePlaces(reading, "").some(({ packages }) => reading.names(packages).length > 0);
}

/** Names the closure of the tools that a package of the flake is built with. */
export function toolsClosure(host: string, name: string): string {
  return `${host}/tools/${name}`;
}

/** Tells whether a closure is the tools of a package. */
export function isToolsClosure(closure: string): boolean {
  return /^[^/]+\/tools\//.test(closure);
}

function readTools(
  reading: ManifestReading,
  { host, own, sources }: { host: string; own: OwnPackage; sources: readonly ClosureSource[] },
): readonly PlacedRequest[] {
  if (own.build === undefined) return [];
  const { tools } = own.build;
  const option = [...ownPackagesPath, own.name, "build", "tools"];
  for (const { source } of tools) if (source !== undefined) checkSource(reading, option, { name: source, sources });
  const place = { name: toolsClosure(host, own.name), packages: option, sources: hostSources };
  const usual = readUsual(reading, place, sources);
  return [
    {
      request: makeRequest(reading, place, { asked: [...tools].toSorted(byName), chosen: [], sources, usual }),
      option,
    },
  ];
}

interface RequestParts {
  readonly asked: readonly PackageRequest[];
  readonly chosen: readonly PackageRequest[];
  readonly sources: readonly ClosureSource[];
  readonly usual: readonly string[] | undefined;
}

function makeRequest(
  reading: ManifestReading,
  { name }: ClosurePlace,
  { asked, chosen, sources, usual }: RequestParts,
): ClosureRequest {
  return {
    name,
    architecture: readArchitecture(reading),
    sources: orderSources(sources, usual),
    asked,
    chosen,
    excluded: (reading.value(["packages", "exclude"], texts.default([])) ?? []).toSorted(),
    marks: new Map(),
  };
}

function readArchitecture(reading: ManifestReading): string {
  return reading.value(["packages", "architecture"], z.string().default("amd64")) ?? "";
}

/** Reads for which architecture a configuration is. */
export function hostArchitecture(configuration: unknown, contents: ContentReader): string {
  return readArchitecture(new ManifestReading(configuration, contents));
}

function readRequest(
  reading: ManifestReading,
  place: ClosurePlace,
  sources: readonly ClosureSource[],
): readonly PlacedRequest[] {
  const asked = reading.members(place.packages, wanted).filter(({ value }) => value.enable);
  if (asked.length === 0) return [];
  const chosen = reading.members(["packages", "choose"], choice);
  for (const { option, value } of [...asked, ...chosen])
    if (value.source !== null) checkSource(reading, [...option, "source"], { name: value.source, sources });
  const usual = readUsual(reading, place, sources);
  const requests = { asked: asked.map(requestOf).toSorted(byName), chosen: chosen.map(requestOf).toSorted(byName) };
  const request = makeRequest(reading, place, { ...requests, sources, usual });
  return [{ request, option: place.packages }];
}

function readUsual(
  reading: ManifestReading,
  place: ClosurePlace,
  sources: readonly ClosureSource[],
): readonly string[] | undefined {
  for (const path of [place.sources, hostSources]) {
    const usual = reading.value(path, texts.nullable().default(null)) ?? undefined;
    for (const name of usual ?? []) checkSource(reading, path, { name, sources });
    if (usual !== undefined) return usual;
  }
  return undefined;
}

function checkSource(
  reading: ManifestReading,
  option: readonly string[],
  { name, sources }: { readonly name: string; readonly sources: readonly ClosureSource[] },
): void {
  const names = sources.map((each) => each.name);
  if (names.includes(name)) return;
  const near = similarNames(name, names);
  reading.refuse(option, {
    problem: `the flake has no package source "${name}"`,
    why: names.length === 0 ? [] : [`It has ${names.map((each) => `"${each}"`).join(", ")}`],
    fix: near[0] === undefined ? "Add it to the inputs of flake.yaml" : `Write ${JSON.stringify(near[0])}`,
  });
}

/** Reads the packages of the system, as the lock has them. */
export function readPackages(
  reading: ManifestReading,
  { fileNameOf, manager, members }: LockedPackages,
): ManagedPackages {
  const files = new Map(members.map((member) => [member.name, fileNameOf(member)]));
  const asked = new Set(members.filter(({ neededBy }) => neededBy === undefined).map(({ name }) => name));
  for (const { name, source } of members)
    reading.enter(`package ${name}`, asked.has(name) ? [...hostPackages, name] : [], source);
  const set = Object.entries(packagesOf(members, (name) => asked.has(name))).map(([name, each]) => {
    return [name, { ...each, file: files.get(name) ?? "" }] as const;
  });
  return { manager, set: Object.fromEntries(set) };
}

/** Says of the members of a closure what a manifest has of them, by name. */
export function packagesOf(
  members: readonly ClosureMember[],
  isAsked: (name: string) => boolean,
): { readonly [name: string]: Omit<ManagedPackage, "file"> } {
  return Object.fromEntries(
    members.map(({ architecture, name, sha256, size, version }) => [
      name,
      { version, architecture, content: sha256, size, isAsked: isAsked(name) },
    ]),
  );
}

function requestOf({ name, value: { source, version } }: Member<z.infer<typeof choice>>): PackageRequest {
  return { name, ...(source !== null && { source }), ...(version !== null && { version }) };
}

function byName(one: PackageRequest, other: PackageRequest): number {
  return one.name < other.name ? -1 : 1;
}
