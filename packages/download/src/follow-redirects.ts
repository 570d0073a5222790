import type { IncomingMessage } from "node:http";
import { describeStatus, FetchFailure } from "./fetch-failure.ts";
import type { HttpClient, HttpRequest } from "./http-client.ts";
import { discardBody } from "./receive-body.ts";

/** Knows who asks. */
export interface Authority {
  /** Finds the header with which an address is asked; nothing for servers that need not know. */
  find(url: URL): string | undefined;
  /** Obtains that header after a server refused; tells whether it is worth to ask again. */
  answer(refused: RefusedRequest, client: HttpClient): Promise<boolean>;
}

/** A request that a server refused because it does not know who asks. */
export interface RefusedRequest {
  readonly url: URL;
  /** What the server wants, as it says it. */
  readonly challenge: string;
  /** The header that it was asked with. */
  readonly authorization: string | undefined;
}

/** A request to any server. */
export interface AuthorizedRequest extends HttpRequest {
  readonly authority?: Authority | undefined;
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const mostRedirects = 5;

/**
 * Asks an address, and the one that it leads to. What tells who asks is sent to no other server than it is meant for.
 *
 * @returns the answer, of whatever status
 * @throws FetchFailure
 */
export async function followRedirects(
  client: HttpClient,
  start: URL,
  request: AuthorizedRequest,
): Promise<IncomingMessage> {
  let url = start;
  for (let count = 0; count <= mostRedirects; count++) {
    const answer = await askAuthorized(client, url, request);
    if (!redirects.has(answer.statusCode ?? 0)) return answer;
    discardBody(answer);
    url = nextAddress(url, answer);
  }
  throw new FetchFailure(`it leads on more than ${mostRedirects} times`);
}

/** Asks an address; once more when the server wants to know who asks, and that can be told. @throws FetchFailure */
export async function askAuthorized(
  client: HttpClient,
  url: URL,
  { authority, ...request }: AuthorizedRequest,
): Promise<IncomingMessage> {
  const authorization = authority?.find(url);
  const answer = await client.send(url, withHeader(request, authorization));
  const challenge = answer.headers["www-authenticate"];
  if (answer.statusCode !== 401 || challenge === undefined || authority === undefined) return answer;
  // The connection may be the one over which it is found out.
  discardBody(answer);
  if (!(await authority.answer({ url, challenge, authorization }, client))) throw describeStatus(401, undefined);
  return client.send(url, withHeader(request, authority.find(url)));
}

function withHeader(request: HttpRequest, authorization: string | undefined): HttpRequest {
  return authorization === undefined ? request : { ...request, headers: { ...request.headers, authorization } };
}

function nextAddress(url: URL, { headers, statusCode = 0 }: IncomingMessage): URL {
  const { location = "" } = headers;
  if (!URL.canParse(location, url.href)) throw describeStatus(statusCode, undefined);
  const next = new URL(location, url);
  if (!["http:", "https:"].includes(next.protocol))
    throw new FetchFailure("it leads to what is neither http nor https");
  if (url.protocol === "https:" && next.protocol === "http:") throw new FetchFailure("it leads from https to http");
  return next;
}
