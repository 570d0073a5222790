import { type Diagnostic, DiagnosticError, isDiagnosticError } from "@firn/diagnostic";
import { type Environment, fetchContents, type Patience, showAddress } from "@firn/download";
import type { FetchedSource, OwnPackage } from "@firn/own-package";
import type { Store } from "@firn/store";

/** How sources are fetched. */
export interface SourceFetch {
  readonly store: Store;
  /** Where proxies and certificates are looked up. @default that of this process */
  readonly environment?: Environment;
  /** How long servers are waited for. @default that of fetchContents */
  readonly patience?: Patience;
  /** Stops all; nothing is taken for whole that is not. */
  readonly signal?: AbortSignal;
}

/**
 * Has all files that a package is made from in the store, and tells all that fail.
 *
 * @throws DiagnosticError "integrity-mismatch" for a file that is another than the one described, "fetch-failed"
 */
export async function fetchSources({ name, sources = {} }: OwnPackage, fetch: SourceFetch): Promise<void> {
  const fetched = Object.entries(sources).flatMap(([path, source]) => ("address" in source ? [{ path, source }] : []));
  const results = await Promise.allSettled(
    fetched.map(({ path, source }) => fetchSource(`${name}: ${path}`, source, fetch)),
  );
  const problems: Diagnostic[] = [];
  for (const result of results) {
    if (result.status === "fulfilled") continue;
    if (!isDiagnosticError(result.reason)) throw result.reason;
    problems.push(...result.reason.diagnostics);
  }
  if (problems.length > 0) throw new DiagnosticError(problems);
}

async function fetchSource(name: string, source: FetchedSource, fetch: SourceFetch): Promise<void> {
  const { address, mirrors = [], sha256 } = source;
  try {
    await fetchContents({ ...fetch, wanted: [{ name, sha256, addresses: [...mirrors, address] }] });
  } catch (thrown) {
    if (!isDiagnosticError(thrown)) throw thrown;
    const found = thrown.diagnostics.map(({ cause }) => foundBy(cause)).find((one) => one !== undefined);
    if (found === undefined) throw thrown;
    throw new DiagnosticError([describeOther(name, source, { found, cause: thrown })]);
  }
}

/** The hash of what was there instead, when that is the reason. */
function foundBy(cause: unknown): string | undefined {
  const found = cause instanceof Error && "found" in cause ? cause.found : undefined;
  return typeof found === "string" ? found : undefined;
}

function describeOther(
  name: string,
  { address, sha256 }: FetchedSource,
  { cause, found }: { readonly found: string; readonly cause: unknown },
): Diagnostic {
  return {
    code: "integrity-mismatch",
    severity: "error",
    marks: [],
    message: `Cannot use "${name}": what is there is not what the package describes`,
    why: [`It is at ${showAddress(address)}`, `Its sha256 is ${found}`, `The one described is ${sha256}`],
    fix: `Find out who changed it; once you trust it, write: sha256: "${found}"`,
    cause,
  };
}
