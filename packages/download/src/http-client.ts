import { createReadStream, readFileSync } from "node:fs";
import { Agent as PlainAgent, type ClientRequest, type IncomingMessage, request as plainRequest } from "node:http";
import { Agent as SafeAgent, type AgentOptions, request as safeRequest, type RequestOptions } from "node:https";
import { pipeline } from "node:stream";
import { headerOf } from "./basic-header.ts";
import { describeConnectionError, FetchFailure } from "./fetch-failure.ts";
import { type Environment, findProxy } from "./find-proxy.ts";
import { showAddress } from "./shown-address.ts";
import { silence, TunnelAgent } from "./tunnel-agent.ts";

/** How a client reaches servers. */
export interface HttpClientOptions {
  /** How many connections to one server are open at most. */
  readonly connections: number;
  /** Where proxies are looked up, and SSL_CERT_FILE: a file of certificates to trust instead of those that Node.js brings. */
  readonly environment: Environment;
  /** How long a server may say nothing, in milliseconds. */
  readonly idle: number;
  readonly signal?: AbortSignal;
}

/** One request. */
export interface HttpRequest {
  /** @default "GET" */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is sent along: bytes, or the first `size` bytes of a file. */
  readonly body?: Uint8Array | { readonly file: string; readonly size: number };
}

/** Sends requests, over connections that stay open between them. */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #plain: PlainAgent;
  #safe: SafeAgent | undefined;
  readonly #tunnels = new Map<string, TunnelAgent>();

  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.#plain = new PlainAgent(agentOptions(options));
  }

  /**
   * Sends a request; the answer's body is still to be read. Redirects are answers like others.
   *
   * @throws FetchFailure when there is no answer, Error of the signal when that says so
   */
  async send(url: URL, request: HttpRequest = {}): Promise<IncomingMessage> {
    const { signal } = this.#options;
    for (;;) {
      let sent: ClientRequest | undefined;
      try {
        sent = this.#start(url, request);
        return await answerTo(sent, request);
      } catch (thrown) {
        signal?.throwIfAborted();
        // Servers close connections that nobody uses, perhaps in this very moment; each is tried but once.
        const isStale = sent?.reusedSocket && isReset(thrown) && request.body === undefined;
        if (!isStale) throw describeConnectionError(thrown);
      }
    }
  }

  /** Closes all connections, whatever is on its way. */
  close(): void {
    for (const agent of [this.#plain, this.#safe, ...this.#tunnels.values()]) agent?.destroy();
  }

  #start(url: URL, { headers, method = "GET" }: HttpRequest): ClientRequest {
    const { environment, idle, signal } = this.#options;
    const common = { method, timeout: idle, ...(signal && { signal }) };
    const all = { ...defaultHeaders, ...headerOf(url, "authorization"), ...headers };
    const proxy = findProxy(url, environment);
    if (proxy !== undefined && proxy.protocol !== "http:")
      throw new FetchFailure(`the proxy "${showAddress(proxy)}" is not one of http, the only kind that is known here`);
    if (url.protocol === "https:") {
      const agent = proxy === undefined ? this.#direct() : this.#tunnelThrough(proxy);
      return safeRequest({ ...placeOf(url), ...common, headers: all, agent });
    }
    const direct = { ...placeOf(url), ...common, headers: all, agent: this.#plain };
    if (proxy === undefined) return plainRequest(direct);
    const path = `http://${url.host}${direct.path}`;
    return plainRequest({
      ...direct,
      ...placeOf(proxy),
      path,
      headers: { host: url.host, ...all, ...headerOf(proxy, "proxy-authorization") },
    });
  }

  #direct(): SafeAgent {
    this.#safe ??= new SafeAgent({ ...agentOptions(this.#options), ...trust(this.#options) });
    return this.#safe;
  }

  #tunnelThrough(proxy: URL): TunnelAgent {
    const known = this.#tunnels.get(proxy.href);
    const tunnel = known ?? new TunnelAgent(proxy, { ...agentOptions(this.#options), ...trust(this.#options) });
    this.#tunnels.set(proxy.href, tunnel);
    return tunnel;
  }
}

/** The file itself is wanted, not a compressed form of it. */
const defaultHeaders = { "user-agent": "firn", "accept-encoding": "identity" };

function agentOptions({ connections, idle }: HttpClientOptions): AgentOptions {
  return { keepAlive: true, maxSockets: connections, timeout: idle };
}

function trust({ environment }: HttpClientOptions): AgentOptions {
  const file = environment["SSL_CERT_FILE"];
  if (!file) return {};
  try {
    return { ca: readFileSync(file) };
  } catch (thrown) {
    throw new FetchFailure(`the certificates that SSL_CERT_FILE names cannot be read: "${file}"`, { cause: thrown });
  }
}

function placeOf({ hostname, pathname, port, search }: URL): Pick<RequestOptions, "hostname" | "port" | "path"> {
  // Numbers of IPv6 have brackets in addresses alone.
  return { hostname: hostname.replaceAll(/[[\]]/g, ""), ...(port !== "" && { port }), path: pathname + search };
}

function answerTo(sent: ClientRequest, { body }: HttpRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let answer: IncomingMessage | undefined;
    sent.once("response", (response) => resolve((answer = response)));
    // What goes wrong with the body of the answer later is told by the answer itself.
    sent.on("error", reject);
    sent.once("timeout", () => (answer ?? sent).destroy(silence()));
    if (body === undefined || body instanceof Uint8Array) return void sent.end(body);
    const { file, size } = body;
    if (size === 0) return void sent.end();
    pipeline(createReadStream(file, { end: size - 1, highWaterMark: 256 * 1024 }), sent, (error) => {
      if (error) reject(error);
    });
  });
}

function isReset(thrown: unknown): boolean {
  return ["ECONNRESET", "EPIPE"].includes((thrown as NodeJS.ErrnoException).code ?? ""); // What node:http throws has a code.
}
