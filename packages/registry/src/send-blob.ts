import { describeStatus, FetchFailure, followRedirects, type HttpRequest } from "@firn/download";
import { ask, describeAnswer, type RegistrySession } from "./registry-session.ts";

/** A content on its way to a registry. */
export interface BlobToSend {
  readonly sha256: string;
  readonly body: NonNullable<HttpRequest["body"]>;
}

/** Tells whether a registry has a content. @throws FetchFailure */
export async function hasBlob({ authority, client, registry }: RegistrySession, sha256: string): Promise<boolean> {
  const url = new URL(`blobs/sha256:${sha256}`, registry.url);
  const answer = await followRedirects(client, url, { method: "HEAD", authority });
  // It has a length, and no body.
  answer.resume();
  const { headers, statusCode = 0 } = answer;
  if (statusCode !== 200 && statusCode !== 404) throw describeStatus(statusCode, headers["retry-after"]);
  return statusCode === 200;
}

/**
 * Sends a content in one piece; the registry keeps it only when the hash is right.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#post-then-put
 * @throws FetchFailure
 */
export async function sendBlob(session: RegistrySession, { body, sha256 }: BlobToSend): Promise<void> {
  const place = await openUpload(session);
  place.searchParams.append("digest", `sha256:${sha256}`);
  const size = body instanceof Uint8Array ? body.length : body.size;
  const headers = { "content-type": "application/octet-stream", "content-length": `${size}` };
  const answer = await ask(session, place, { method: "PUT", headers, body });
  if (answer.statusCode !== 201) throw await describeAnswer(answer);
  answer.resume();
}

async function openUpload(session: RegistrySession): Promise<URL> {
  const url = new URL("blobs/uploads/", session.registry.url);
  const answer = await ask(session, url, { method: "POST", headers: { "content-length": "0" } });
  const { location = "" } = answer.headers;
  if (answer.statusCode !== 202) throw await describeAnswer(answer);
  answer.resume();
  if (location === "" || !URL.canParse(location, url.href))
    throw new FetchFailure("it does not say where to send contents");
  const place = new URL(location, url);
  if (url.protocol === "https:" && place.protocol !== "https:")
    throw new FetchFailure("it wants contents to be sent without encryption");
  return place;
}
