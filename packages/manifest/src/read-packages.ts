import { type Diagnostic, similarNames } from "@firn/diagnostic";
import type { ClosureMember, ClosureRequest, ClosureSource, PackageRequest } from "@firn/package-manager";
import * as z from "zod";
import type { ContentReader } from "./content-reader.ts";
import type { ManagedPackage, ManagedPackages } from "./manifest.ts";
import { ManifestReading, type Member } from "./manifest-reading.ts";

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
}

/**
 * Reads which packages a configuration asks the lock for: a closure of the name
 * of the host, or none. Where definitions stand, the caller knows.
 *
 * Problems: `bad-manifest`.
 */
export function readClosureRequests(
  configuration: unknown,
  { contents, host, sources }: ReadRequestsOptions,
): { readonly requests: readonly ClosureRequest[]; readonly diagnostics: readonly Diagnostic[] } {
  const reading = new ManifestReading(configuration, contents);
  const { diagnostics } = reading;
  const asked = reading.members(["environment", "packages"], wanted).filter(({ value }) => value.enable);
  if (asked.length === 0) return { requests: [], diagnostics };
  const chosen = reading.members(["packages", "choose"], choice);
  for (const { option, value } of [...asked, ...chosen])
    if (value.source !== null) checkSource(reading, [...option, "source"], { name: value.source, sources });
  const usual = reading.value(["packages", "sources"], texts.nullable().default(null)) ?? undefined;
  for (const name of usual ?? []) checkSource(reading, ["packages", "sources"], { name, sources });
  const request: ClosureRequest = {
    name: host,
    architecture: reading.value(["packages", "architecture"], z.string().default("amd64")) ?? "",
    sources: orderSources(sources, usual),
    asked: asked.map(requestOf).toSorted(byName),
    chosen: chosen.map(requestOf).toSorted(byName),
    excluded: (reading.value(["packages", "exclude"], texts.default([])) ?? []).toSorted(),
    marks: new Map(),
  };
  return { requests: diagnostics.length > 0 ? [] : [request], diagnostics };
}

/** Those that the host names come first, and only they are used without being named; missing: as the flake has them. */
function orderSources(sources: readonly ClosureSource[], usual: readonly string[] | undefined): ClosureSource[] {
  if (usual === undefined) return [...sources].toSorted((a, b) => Number(a.isOnRequest) - Number(b.isOnRequest));
  const others = sources.filter(({ name }) => !usual.includes(name));
  return [
    ...usual.map((name) => ({ name, isOnRequest: false })),
    ...others.map(({ name }) => ({ name, isOnRequest: true })),
  ];
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
  const set = members.map((member): [string, ManagedPackage] => {
    const { architecture, name, neededBy, sha256, size, version } = member;
    const isAsked = neededBy === undefined;
    if (isAsked) reading.enter(`package ${name}`, ["environment", "packages", name]);
    return [name, { version, architecture, content: sha256, file: fileNameOf(member), size, isAsked }];
  });
  return { manager, set: Object.fromEntries(set) };
}

function requestOf({ name, value: { source, version } }: Member<z.infer<typeof choice>>): PackageRequest {
  return { name, ...(source !== null && { source }), ...(version !== null && { version }) };
}

function byName(one: PackageRequest, other: PackageRequest): number {
  return one.name < other.name ? -1 : 1;
}
