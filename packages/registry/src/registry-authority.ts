import {
  type Authority,
  type Environment,
  FetchFailure,
  type HttpClient,
  isLoopback,
  readShortBody,
  type RefusedRequest,
  renderBasic,
} from "@firn/download";
import * as z from "zod";
import { parseRegistry, type Registry } from "./registry-address.ts";
import { findCredentials, type RegistryCredentials } from "./registry-credentials.ts";

/** Who asks, and where to find out when that is not given. */
export interface AuthorityOptions {
  /** Missing: what `docker login` left; nobody, when it left nothing. */
  readonly credentials?: RegistryCredentials;
  /** @default that of this process */
  readonly environment?: Environment;
}

/** Tells a registry who asks, in the ways that it wants: by name and password, or by a token that a third gives for them. */
export function openAuthority(registry: string, options: AuthorityOptions = {}): Authority {
  const parsed = parseRegistry(registry);
  const { credentials = findCredentials(parsed.host, options.environment ?? process.env) } = options;
  return new RegistryAuthority(parsed, credentials);
}

const tokenAnswer = z.object({ token: z.string().optional(), access_token: z.string().optional() });
const longestToken = 1024 * 1024;

class RegistryAuthority implements Authority {
  readonly #registry: Registry;
  readonly #credentials: RegistryCredentials | undefined;
  #header: string | undefined;
  #pending: Promise<string | undefined> | undefined;

  constructor(registry: Registry, credentials: RegistryCredentials | undefined) {
    this.#registry = registry;
    this.#credentials = credentials;
  }

  find({ origin }: URL): string | undefined {
    return origin === this.#registry.url.origin ? this.#header : undefined;
  }

  async answer({ authorization, challenge, url }: RefusedRequest, client: HttpClient): Promise<boolean> {
    if (url.origin !== this.#registry.url.origin) return false;
    // Somebody else's request has been answered meanwhile.
    if (this.#header !== authorization) return true;
    this.#pending ??= this.#obtain(challenge, client).finally(() => (this.#pending = undefined));
    const header = await this.#pending;
    if (header === undefined || header === authorization) return false;
    this.#header = header;
    return true;
  }

  async #obtain(challenge: string, client: HttpClient): Promise<string | undefined> {
    const basic = this.#credentials && renderBasic(this.#credentials.username, this.#credentials.password);
    const bearer = /\bBearer\s+(?<values>.*)/i.exec(challenge)?.groups?.["values"];
    if (bearer === undefined) return /\bBasic\b/i.test(challenge) ? basic : undefined;
    const url = tokenAddress(bearer);
    const answer = await client.send(url, basic === undefined ? {} : { headers: { authorization: basic } });
    const body = await readShortBody(answer, longestToken);
    const { access_token, token } = parseToken(body.toString(), answer.statusCode ?? 0);
    const given = token ?? access_token;
    return given === undefined ? undefined : `Bearer ${given}`;
  }
}

function parseToken(text: string, status: number): z.infer<typeof tokenAnswer> {
  if (status === 401 || status === 403) return {};
  try {
    if (status === 200) return tokenAnswer.parse(JSON.parse(text));
  } catch {
    // Said below, without the text: it may hold a token.
  }
  throw new FetchFailure(`who gives tokens for it failed (status ${status})`, {
    isPassing: status >= 500 || status === 429,
  });
}

/** @see https://distribution.github.io/distribution/spec/auth/token/ */
function tokenAddress(values: string): URL {
  const given = Object.fromEntries(
    [...values.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key.toLowerCase(), value]),
  );
  const { realm = "", scope, service } = given;
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  // A password goes to nobody who could be overheard, whatever a registry says.
  if (url === undefined || !(url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))))
    throw new FetchFailure("tokens for it are given where it is not safe to ask");
  if (service !== undefined) url.searchParams.set("service", service);
  if (scope !== undefined) url.searchParams.set("scope", scope);
  return url;
}
