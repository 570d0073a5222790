import type { Diagnostic } from "@firn/diagnostic";
import { findVersions, type FlakeManifest, isGitRequirement, type RemoteRefs, tagPrefixOf } from "@firn/input";
import { type GitPin, isGitPin, type Lockfile } from "@firn/lock";
import type { Fetcher } from "@firn/resolve";
import { satisfies } from "semver";

/** What an input is, may become, and could be. */
export interface Outdated {
  readonly path: string;
  readonly current: string;
  /** The newest that its requirement allows. */
  readonly allowed: string;
  /** The newest version of all. */
  readonly latest: string;
}

/** Asks the repositories of all inputs for what is newest there. */
export async function newestOf(
  { inputs }: Lockfile,
  { manifest, fetcher }: { manifest: FlakeManifest; fetcher: Pick<Fetcher, "listRefs"> },
): Promise<{ found: Outdated[]; diagnostics: readonly Diagnostic[] }> {
  const pins = Object.entries(inputs).flatMap(([path, pin]) => (isGitPin(pin) ? [{ path, pin }] : []));
  const rows = await Promise.all(
    pins.map(async ({ path, pin }) => {
      const { want } = pin;
      if (!isGitRequirement(want) || want.rev !== undefined) return { diagnostics: [] };
      const mirrors = (manifest.inputs[path] ?? manifest.devInputs[path])?.mirrors ?? [];
      const { value, diagnostics } = await fetcher.listRefs({ git: want.git, mirrors });
      return { diagnostics, ...(value !== undefined && { row: { path, ...describe(pin, value) } }) };
    }),
  );
  return {
    found: rows.flatMap(({ row }) => row ?? []),
    diagnostics: rows.flatMap(({ diagnostics }) => diagnostics),
  };
}

function describe({ want, version, commit }: GitPin, refs: RemoteRefs): Omit<Outdated, "path"> {
  const current = version ?? commit.slice(0, 12);
  if (!isGitRequirement(want)) return { current, allowed: current, latest: current };
  const { semver, ref } = want;
  if (semver === undefined) {
    const name = ref?.replace(/^refs\/(?:heads|tags)\//, "") ?? "";
    const now = ref === undefined ? refs.head : (refs.branches.get(name) ?? refs.tags.get(name)?.commit);
    const newest = now?.slice(0, 12) ?? current;
    return { current, allowed: newest, latest: newest };
  }
  const versions = findVersions(refs, tagPrefixOf(want)).versions.map((one) => one.version);
  const allowed = versions.find((one) => satisfies(one, semver))?.version ?? current;
  const latest = versions.find(({ prerelease }) => prerelease.length === 0)?.version ?? allowed;
  return { current, allowed, latest };
}
