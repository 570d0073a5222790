import { lstatSync } from "node:fs";
import { DiagnosticError } from "@firn/diagnostic";
import { hashFile, type Store } from "@firn/store";
import { type FetchContext, fetchContent, type WantedContent } from "./content-fetch.ts";
import { describeFailures, type FailedContent } from "./describe-failures.ts";
import type { Environment } from "./find-proxy.ts";
import type { Authority } from "./follow-redirects.ts";
import { HttpClient } from "./http-client.ts";
import { type Workers, workThrough } from "./work-through.ts";

/** What to fetch, and how. */
export interface FetchOptions {
  readonly wanted: readonly WantedContent[];
  readonly store: Store;
  /** How many are fetched at once. @default 4: more are no faster */
  readonly connections?: number;
  /** Is told how many bytes have arrived, and how many there are to be, as far as that is known, of what the store did not have. */
  readonly progress?: (done: number, total: number) => void;
  /** Stops all; nothing is left behind. */
  readonly signal?: AbortSignal;
  /** Where proxies and certificates are looked up. @default that of this process */
  readonly environment?: Environment;
  /** Knows who asks, for servers that want to know. */
  readonly authority?: Authority;
  readonly patience?: Patience;
}

/** How long servers are waited for, in milliseconds. */
export interface Patience {
  /** How long one may say nothing. */
  readonly idle: number;
  /** How long to wait before each further try of what may pass: as many tries as there are. */
  readonly waits: readonly number[];
}

/** What was fetched. */
export interface Fetched {
  /** How many contents arrived. */
  readonly fetched: number;
  /** How many the store had already. */
  readonly skipped: number;
  /** Bytes of those that arrived, as far as their size was known. */
  readonly bytes: number;
}

/** Half a minute is what a busy server may need to find a file. */
const usualPatience: Patience = { idle: 30_000, waits: [500, 3000] };

/**
 * Fetches contents into a store, unless they are there. Each is checked against
 * its size while it arrives and its hash in the end, whoever gave it. What fails
 * does not keep others from being fetched.
 *
 * @throws DiagnosticError "fetch-failed" for contents that no address gave, "store-failed" when they cannot be
 * written; the reason of the signal when that stops it
 */
export async function fetchContents(options: FetchOptions): Promise<Fetched> {
  const { connections = 4, environment = process.env, patience = usualPatience, store } = options;
  const wanted = joinEqual(options.wanted);
  const missing = wanted.filter((content) => !isThere(store, content));
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  signal.throwIfAborted();
  const client = new HttpClient({ connections, environment, idle: patience.idle, signal });
  const { authority } = options;
  const shared = { client, store, signal, waits: patience.waits, down: new Map(), ...(authority && { authority }) };
  const context = { ...shared, arrived: countBytes(missing, options) };
  try {
    const failed = await fetchAll(missing, context, { count: connections, stop });
    if (failed.length > 0) throw new DiagnosticError(describeFailures(failed));
  } catch (thrown) {
    options.signal?.throwIfAborted();
    throw thrown;
  } finally {
    client.close();
  }
  return { fetched: missing.length, skipped: wanted.length - missing.length, bytes: sumOf(missing) };
}

/** @returns those that no address gave, in their order */
async function fetchAll(
  missing: readonly WantedContent[],
  context: FetchContext,
  workers: Workers,
): Promise<FailedContent[]> {
  const failed = new Map<WantedContent, FailedContent>();
  // The largest last would have one connection at work, and the others idle.
  const largestFirst = missing.toSorted((one, other) => (other.size ?? 0) - (one.size ?? 0));
  await workThrough(largestFirst, workers, async (wanted) => {
    const failures = await fetchContent(wanted, context);
    if (failures !== undefined) failed.set(wanted, { name: wanted.name, failures });
  });
  return missing.flatMap((wanted) => failed.get(wanted) ?? []);
}

/** Two that are the same are fetched once, wherever one of them is. */
function joinEqual(wanted: readonly WantedContent[]): WantedContent[] {
  const joined = new Map<string, WantedContent>();
  for (const content of wanted) {
    const known = joined.get(content.sha256);
    const addresses = [...new Set([...(known?.addresses ?? []), ...content.addresses])];
    joined.set(content.sha256, { ...(known ?? content), addresses });
  }
  return [...joined.values()];
}

/** A content that is cut short is fetched again. */
function isThere(store: Store, { sha256, size }: WantedContent): boolean {
  const file = store.findContent(sha256);
  if (file === undefined) return false;
  return size === undefined ? hashFile(file) === sha256 : lstatSync(file, { throwIfNoEntry: false })?.size === size;
}

function countBytes(missing: readonly WantedContent[], { progress }: FetchOptions): (bytes: number) => void {
  const total = sumOf(missing);
  let done = 0;
  return (bytes) => {
    done += bytes;
    if (bytes !== 0) progress?.(done, total);
  };
}

function sumOf(contents: readonly WantedContent[]): number {
  return contents.reduce((sum, { size = 0 }) => sum + size, 0);
}
