import { readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";

/** What a server does instead of answering as it should. */
export interface ServerFault {
  /** Answers with this status, and nothing else. */
  readonly status?: number;
  /** Answers with this address to look at. */
  readonly redirect?: string;
  /** Breaks off after this many bytes of the body. */
  readonly cutAfter?: number;
  /** Gives other bytes than the file has. */
  readonly change?: (body: Buffer) => Buffer;
  /** Answers once this is fulfilled; one that never is stands for a server that says nothing. */
  readonly after?: Promise<unknown>;
  /** For how many requests. @default every one */
  readonly times?: number;
}

/** Serves a folder over HTTP on loopback, and fails when it is told to. */
export class ArchiveServer {
  /** Paths that were asked for, decoded, in their order: "/dists/stable/InRelease". */
  readonly requests: string[] = [];
  readonly #server: Server;
  readonly #folder: string;
  #faults: { readonly part: string; readonly fault: ServerFault; left: number }[] = [];

  /** Begins to serve. */
  static async start(folder: string): Promise<ArchiveServer> {
    const server = new ArchiveServer(folder);
    await new Promise<void>((resolve, reject) => {
      server.#server.once("error", reject);
      server.#server.listen(0, "127.0.0.1", resolve);
    });
    return server;
  }

  private constructor(folder: string) {
    this.#folder = folder;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  /** Address of the folder, without a slash at the end. */
  get address(): string {
    const { port } = this.#server.address() as AddressInfo; // It listens on a port, not on a socket file.
    return `http://127.0.0.1:${port}`;
  }

  /** Fails for every path that has a part like this, until `heal`; the latest fault counts. */
  fail(part: string, fault: ServerFault): void {
    this.#faults = [{ part, fault, left: fault.times ?? Infinity }, ...this.#faults];
  }

  /** Ends all faults. */
  heal(): void {
    this.#faults = [];
  }

  /** Ends all connections, and listens no more. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = normalize(decodeURIComponent((request.url ?? "/").replace(/\?.*$/, "")));
    this.requests.push(path);
    const fault = this.#faultOf(path);
    await fault.after;
    if (fault.redirect !== undefined) return void response.writeHead(302, { location: fault.redirect }).end();
    const file = join(this.#folder, path);
    const isThere = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    const status = fault.status ?? (isThere ? 200 : 404);
    if (status !== 200) return void response.writeHead(status).end();
    const body = readFileSync(file);
    sendBody(fault.change === undefined ? body : fault.change(body), { fault, request, response });
  }

  #faultOf(path: string): ServerFault {
    const found = this.#faults.find(({ left, part }) => left > 0 && path.includes(part));
    if (found === undefined) return {};
    found.left--;
    return found.fault;
  }
}

interface Exchange {
  readonly fault: ServerFault;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

function sendBody(body: Buffer, { fault, request, response }: Exchange): void {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  if (start > 0 && start >= body.length) return void response.writeHead(416).end();
  const rest = body.subarray(start);
  const range = start > 0 && { "content-range": `bytes ${start}-${body.length - 1}/${body.length}` };
  response.writeHead(start > 0 ? 206 : 200, { "content-length": rest.length, ...range });
  if (request.method === "HEAD") return void response.end();
  if (fault.cutAfter === undefined || fault.cutAfter >= rest.length) return void response.end(rest);
  response.write(rest.subarray(0, fault.cutAfter), () => response.destroy());
}
