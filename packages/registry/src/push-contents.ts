import { statSync } from "node:fs";
import { type Environment, FetchFailure, HttpClient, type Patience, workThrough } from "@firn/download";
import { type Artifact, hashOf, type ListedContent, manifestType, renderArtifact } from "./artifact-manifest.ts";
import { assertTag, parseRegistry } from "./registry-address.ts";
import { openAuthority } from "./registry-authority.ts";
import type { RegistryCredentials } from "./registry-credentials.ts";
import { ask, describeAnswer, explainFailure, type RegistrySession, tryAgain } from "./registry-session.ts";
import { hasBlob, sendBlob } from "./send-blob.ts";

/** A content to push. */
export interface PushedContent extends ListedContent {
  /** Absolute path of the file that has it. */
  readonly file: string;
}

/** What to push, and where. */
export interface PushOptions {
  /** `host:port/repository`. */
  readonly registry: string;
  /** What names it all in the registry; what it named before loses that name. */
  readonly tag: string;
  readonly contents: readonly PushedContent[];
  /** What these contents are, in a form that whoever pulls them understands. */
  readonly description: Uint8Array;
  /** Missing: what `docker login` left. */
  readonly credentials?: RegistryCredentials;
  /** How many are sent at once. @default 4 */
  readonly connections?: number;
  /** Is told how many bytes have been sent or found there, and how many there are. */
  readonly progress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** @default that of this process */
  readonly environment?: Environment;
  readonly patience?: Patience;
}

/** What was pushed. */
export interface Pushed {
  /** How many contents were sent. */
  readonly sent: number;
  /** How many the registry had already. */
  readonly skipped: number;
  /** Bytes of those that were sent. */
  readonly bytes: number;
  /** Names exactly this in the registry: "sha256:…". */
  readonly digest: string;
}

/** A registry may have to move what it has received before it answers. */
const usualPatience: Patience = { idle: 120_000, waits: [500, 3000] };

/**
 * Pushes contents to a registry, those that it does not have; the name comes
 * last, so that it never names what is not there. Can be stopped, and done again.
 *
 * @throws DiagnosticError "push-failed", "bad-usage" for what is no registry or no tag
 */
export async function pushContents(options: PushOptions): Promise<Pushed> {
  const { connections = 4, environment = process.env, patience = usualPatience, tag } = options;
  const registry = parseRegistry(options.registry);
  assertTag(tag);
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const { credentials } = options;
  const authority = openAuthority(options.registry, { environment, ...(credentials && { credentials }) });
  const client = new HttpClient({ connections, environment, idle: patience.idle, signal });
  const session: RegistrySession = { registry, client, authority, signal, waits: patience.waits };
  const what = { code: "push-failed", registry, task: `push to "${registry.name}:${tag}"` } as const;
  try {
    const moved = await pushBlobs(session, options, { count: connections, stop });
    return { ...moved, digest: await putManifest(session, options) };
  } catch (thrown) {
    options.signal?.throwIfAborted();
    throw explainFailure(thrown, what);
  } finally {
    client.close();
  }
}

async function pushBlobs(
  session: RegistrySession,
  { contents, description, progress }: PushOptions,
  workers: { readonly count: number; readonly stop: AbortController },
): Promise<Omit<Pushed, "digest">> {
  const different = [...new Map(contents.map((content) => [content.sha256, content])).values()];
  const total = different.reduce((sum, { size }) => sum + size, 0);
  let [sent, skipped, bytes, done] = [0, 0, 0, 0];
  await workThrough(different, workers, async (content) => {
    const isSent = await pushBlob(session, content);
    if (isSent) bytes += content.size;
    if (isSent) sent++;
    else skipped++;
    done += content.size;
    progress?.(done, total);
  });
  const own = { sha256: hashOf(description), body: description };
  await tryAgain(session, async () => {
    if (!(await hasBlob(session, own.sha256))) await sendBlob(session, own);
  });
  return { sent, skipped, bytes };
}

/** @returns whether it had to be sent */
function pushBlob(session: RegistrySession, { file, name, sha256, size }: PushedContent): Promise<boolean> {
  return tryAgain(session, async () => {
    if (await hasBlob(session, sha256)) return false;
    const found = statSync(file, { throwIfNoEntry: false })?.size;
    if (found !== size)
      throw new FetchFailure(`"${name}" is not sent: its file has ${found ?? "no"} bytes, and not ${size}`);
    await sendBlob(session, { sha256, body: { file, size } });
    return true;
  });
}

function putManifest(session: RegistrySession, { contents, description, tag }: PushOptions): Promise<string> {
  const artifact: Artifact = { contents, description: { sha256: hashOf(description), size: description.length } };
  const body = Buffer.from(renderArtifact(artifact));
  return tryAgain(session, async () => {
    const url = new URL(`manifests/${tag}`, session.registry.url);
    const headers = { "content-type": manifestType, "content-length": `${body.length}` };
    const answer = await ask(session, url, { method: "PUT", headers, body });
    if (answer.statusCode !== 201) throw await describeAnswer(answer);
    answer.resume();
    return `sha256:${hashOf(body)}`;
  });
}
