import { showAddress } from "@firn/download";
import type { LockedSource, ResolveRequest } from "@firn/package-manager";
import type { AptContext } from "./apt-context.ts";
import { AptFailure, describeProblem } from "./apt-failure.ts";
import { ensureLists, type ReadySource } from "./ensure-lists.ts";
import { openOwn } from "./own-packages.ts";

/**
 * Has the lists in the cache that a request is decided from: those of sources
 * that are used by themselves, then of those that it names, then the one of what
 * the flake makes itself.
 *
 * @throws AptFailure "bad-source" when no source has packages for the architecture, or one does not exist; "fetch-failed"
 */
export async function openSources(request: ResolveRequest, context: AptContext): Promise<ReadySource[]> {
  const { architecture, asked, chosen = [], sources } = request;
  const named = new Set([...asked, ...chosen].flatMap(({ source }) => source ?? []));
  const own = openOwn(request, context);
  const missing = [...named].filter((name) => name !== own?.locked.name && !sources.some((one) => one.name === name));
  if (missing.length > 0) throw describeUnknown(missing, request);
  const usual = sources.filter(({ isOnRequest }) => !isOnRequest);
  const late = sources.filter(({ isOnRequest, name }) => isOnRequest && named.has(name));
  const opened = [...(await openAll([...usual, ...late], architecture, context)), ...(own === undefined ? [] : [own])];
  if (opened.length > 0) return opened;
  throw new AptFailure(
    describeProblem({
      code: "bad-source",
      message: `Cannot find packages for "${architecture}" in any source`,
      why: sources.map((source) => `"${source.name}" is locked for ${listArchitectures(source)}`),
      fix: `Add it to a source that has it: architectures: [${architecture}]; then run: firn lock`,
    }),
  );
}

/** Has the lists of sources in the cache, and leaves out those that have none for the architecture. @throws AptFailure */
export async function openAll(
  sources: readonly LockedSource[],
  architecture: string,
  context: AptContext,
): Promise<ReadySource[]> {
  const opened = await Promise.all(sources.map((source) => ensureLists(source, architecture, context)));
  return opened.filter(({ lists }) => lists.length > 0);
}

function listArchitectures({ source, state }: LockedSource): string {
  const names = source.architectures.filter((name) =>
    Object.keys(state.lists).some((path) => path.includes(`/binary-${name}/`)),
  );
  return names.length === 0 ? `nothing, at "${showAddress(source.address)}"` : names.join(", ");
}

function describeUnknown(missing: readonly string[], { asked, chosen = [], sources }: ResolveRequest): AptFailure {
  const names = [...asked, ...chosen].flatMap(({ name, source }) => (missing.includes(source ?? "") ? [name] : []));
  const known = sources.map(({ name }) => `"${name}"`).join(", ");
  return new AptFailure(
    describeProblem({
      code: "bad-source",
      message: `Cannot take ${quote(names)} from ${quote(missing)}: there is no such source`,
      why: [known === "" ? "There is no source" : `There are ${known}`],
      fix: `Add it to the inputs of flake.yaml: ${missing[0] ?? ""}: { apt: … }`,
      names,
    }),
  );
}

function quote(names: readonly string[]): string {
  return [...new Set(names)].map((name) => `"${name}"`).join(", ");
}
