import { parse, type SemVer } from "semver";
import type { RemoteRefs, RemoteTag } from "./remote-refs.ts";
import type { GitRequirement } from "./requirement.ts";

/** A version that a tag stands for. */
export interface TagVersion {
  readonly version: SemVer;
  readonly tag: string;
  readonly commit: string;
  readonly tagObject?: string;
}

/** The versions among the tags of a repository. */
export interface FoundVersions {
  /** Each once, highest first. */
  readonly versions: readonly TagVersion[];
  /** Tags of the same version that lead to different commits; none of them is among the versions. */
  readonly ambiguous: readonly (readonly [TagVersion, TagVersion])[];
}

/** Says what stands before the version in the tags of a requirement. */
export function tagPrefixOf({ dir, tagPrefix }: GitRequirement): string {
  return tagPrefix ?? (dir === undefined ? "" : `${dir}/`);
}

/** Three numbers, and what the rules of semantic versioning allow after them; "v" may stand before. */
const versionTag = /^v?(?<version>\d+\.\d+\.\d+(?:[-+].+)?)$/;

/**
 * Finds the versions among tags: the prefix exactly, then `v` or nothing, then a
 * strict version. What only looks like one, such as `other/v1.0.0` or `v1.4`, is none.
 *
 * @see https://semver.org
 */
export function findVersions(refs: RemoteRefs, prefix: string): FoundVersions {
  const found = new Map<string, TagVersion>();
  const ambiguous = new Map<string, readonly [TagVersion, TagVersion]>();
  for (const [tag, target] of refs.tags) {
    const version = tag.startsWith(prefix) ? parseVersion(tag.slice(prefix.length)) : undefined;
    if (version === undefined) continue;
    const one = tagVersion(version, tag, target);
    const other = found.get(version.version);
    if (other !== undefined && other.commit !== one.commit) ambiguous.set(version.version, [other, one]);
    if (other === undefined || isPreferred(one, other)) found.set(version.version, one);
  }
  const versions = [...found.values()].filter(({ version }) => !ambiguous.has(version.version));
  return {
    versions: versions.toSorted((one, other) => other.version.compare(one.version)),
    ambiguous: [...ambiguous.values()],
  };
}

function parseVersion(text: string): SemVer | undefined {
  const version = versionTag.exec(text)?.groups?.["version"];
  return (version === undefined ? undefined : parse(version)) ?? undefined;
}

function tagVersion(version: SemVer, tag: string, { commit, tagObject }: RemoteTag): TagVersion {
  return { version, tag, commit, ...(tagObject !== undefined && { tagObject }) };
}

/** Of tags for the same version of the same commit any would do; the same one is taken whatever their order. */
function isPreferred(one: TagVersion, other: TagVersion): boolean {
  return one.tag.length === other.tag.length ? one.tag < other.tag : one.tag.length > other.tag.length;
}
