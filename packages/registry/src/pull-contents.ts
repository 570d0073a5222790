import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";
import {
  type Authority,
  type Environment,
  fetchContents,
  type Fetched,
  type FetchOptions,
  followRedirects,
  HttpClient,
  type Patience,
  readShortBody,
} from "@firn/download";
import type { Store } from "@firn/store";
import { type Artifact, type ListedContent, manifestType, parseArtifact } from "./artifact-manifest.ts";
import { addressesIn, assertTag, parseRegistry, type Registry } from "./registry-address.ts";
import { openAuthority } from "./registry-authority.ts";
import type { RegistryCredentials } from "./registry-credentials.ts";
import { describeAnswer, explainFailure, tryAgain } from "./registry-session.ts";

/** Where to pull from, and how. */
export interface PullOptions extends Pick<FetchOptions, "connections" | "progress" | "signal"> {
  /** `host:port/repository`. */
  readonly registry: string;
  readonly store: Store;
  /** Missing: what `docker login` left. */
  readonly credentials?: RegistryCredentials;
  /** @default that of this process */
  readonly environment?: Environment;
  readonly patience?: Patience;
}

/** What a tag names, now in the store. */
export interface PulledTag extends Fetched {
  /** What whoever pushed it said of it. */
  readonly description: Uint8Array;
  readonly contents: readonly ListedContent[];
}

const usualPatience: Patience = { idle: 30_000, waits: [500, 3000] };

/** Pulls some contents of a registry into a store, unless they are there. @throws DiagnosticError as `fetchContents`, and "bad-usage" */
export function pullContents(
  options: PullOptions & { readonly wanted: readonly Omit<ListedContent, "mediaType">[] },
): Promise<Fetched> {
  const addressOf = addressesIn(options.registry);
  const { connections, environment = process.env, patience = usualPatience, progress, signal, store } = options;
  return fetchContents({
    store,
    environment,
    patience,
    wanted: options.wanted.map(({ name, sha256, size }) => ({ name, sha256, size, addresses: [addressOf(sha256)] })),
    authority: authorityOf(options),
    ...(connections !== undefined && { connections }),
    ...(progress && { progress }),
    ...(signal && { signal }),
  });
}

/**
 * Pulls what a tag names into a store. Each content is checked against the hash
 * that the tag's list has; whether that list is the right one, only a lock can say.
 *
 * @throws DiagnosticError as `fetchContents`, and "bad-usage"
 */
export async function pullTag(options: PullOptions & { readonly tag: string }): Promise<PulledTag> {
  assertTag(options.tag);
  const { contents, description } = await readArtifact(options);
  const { progress: _progress, ...quiet } = options;
  await pullContents({ ...quiet, wanted: [{ ...description, name: `description of ${options.tag}` }] });
  const fetched = await pullContents({ ...options, wanted: contents });
  return { ...fetched, contents, description: options.store.read(description.sha256) ?? new Uint8Array() };
}

function authorityOf({ credentials, environment, registry }: PullOptions): Authority {
  return openAuthority(registry, { ...(environment && { environment }), ...(credentials && { credentials }) });
}

/** Registries take no larger ones. */
const longestManifest = 4 * 1024 * 1024;

async function readArtifact(options: PullOptions & { readonly tag: string }): Promise<Artifact> {
  const { environment = process.env, patience = usualPatience, tag } = options;
  const registry = parseRegistry(options.registry);
  const signal = options.signal ?? new AbortController().signal;
  const client = new HttpClient({ connections: 1, environment, idle: patience.idle, signal });
  const session = { registry, client, authority: authorityOf(options), signal, waits: patience.waits };
  const task = `pull "${registry.name}:${tag}"`;
  try {
    const text = await tryAgain(session, async () => {
      const url = new URL(`manifests/${tag}`, registry.url);
      const answer = await followRedirects(client, url, {
        headers: { accept: manifestType },
        authority: session.authority,
      });
      if (answer.statusCode !== 200) throw await describeAnswer(answer);
      return (await readShortBody(answer, longestManifest)).toString();
    });
    const artifact = parseArtifact(text);
    if (artifact === undefined) throw new DiagnosticError([notOurs(registry, task)]);
    return artifact;
  } catch (thrown) {
    signal.throwIfAborted();
    throw explainFailure(thrown, { code: "fetch-failed", registry, task });
  } finally {
    client.close();
  }
}

function notOurs({ url }: Registry, task: string): Diagnostic {
  return {
    code: "fetch-failed",
    severity: "error",
    message: `Cannot ${task}`,
    marks: [],
    why: [`${url.origin}: the tag names something that Firn did not push`],
    fix: "Name a tag that was pushed with firn cache push",
  };
}
