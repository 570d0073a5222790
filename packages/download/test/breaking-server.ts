import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSafeServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";

/** How one request is answered. */
export type Answer = (response: ServerResponse, content: Buffer, request: IncomingMessage) => void;

/** What a server was asked for. */
export interface SeenRequest {
  readonly path: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
}

/** A server on this machine that breaks as it is told. */
export class BreakingServer {
  readonly requests: SeenRequest[] = [];
  /** The most requests that were there at once. */
  most = 0;
  #now = 0;
  readonly #server: Server;
  readonly #scheme: string;
  readonly #paths = new Map<string, { readonly content: Buffer; readonly answers: Answer[] }>();
  readonly #sockets = new Set<Socket>();

  /** @param certificate makes it one of https */
  constructor(certificate?: { readonly key: string; readonly cert: string }) {
    const listen = (request: IncomingMessage, response: ServerResponse): void => this.#answer(request, response);
    this.#scheme = certificate ? "https" : "http";
    this.#server = certificate ? createSafeServer(certificate, listen) : createServer(listen);
    this.#server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  /** Starts it on a port that is free. */
  async start(): Promise<this> {
    await new Promise<void>((resolve) => void this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  /** Stops it, whoever is connected. */
  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => void this.#server.close(resolve));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port; // It listens on a port, and not on a path.
  }

  /** Is told of each connection. */
  onConnection(told: () => void): void {
    this.#server.on("connection", told);
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Offers a content; the answers are given in turn, then it is given whole. */
  offer(path: string, content: string | Buffer, ...answers: readonly Answer[]): string {
    this.#paths.set(path, { content: Buffer.from(content), answers: [...answers] });
    return this.at(path);
  }

  /** Address of a path. */
  at(path: string): string {
    return `${this.#scheme}://127.0.0.1:${this.port}${path}`;
  }

  /** Paths that were asked for, with the range if there was one. */
  get asked(): string[] {
    return this.requests.map(({ path, range }) => (range === undefined ? path : `${path} ${range}`));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { headers, url: path = "" } = request;
    this.requests.push({ path, range: headers.range, authorization: headers.authorization });
    this.most = Math.max(this.most, ++this.#now);
    response.once("close", () => this.#now--);
    const offered = this.#paths.get(path);
    if (offered === undefined) return status(404)(response, Buffer.alloc(0), request);
    (offered.answers.shift() ?? whole)(response, offered.content, request);
  }
}

/** Gives all, whatever range is asked for. */
export const whole: Answer = (response, content) =>
  void response.setHeader("content-length", content.length).end(content);

/** Gives the range that is asked for. */
export const ranged: Answer = (response, content, request) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  if (start === 0) return whole(response, content, request);
  const headers = { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` };
  response.writeHead(206, { ...headers, "content-length": content.length - start }).end(content.subarray(start));
};

/** Gives a part of what it promised, and breaks off. */
export function cutAt(length: number): Answer {
  return (response, content) => {
    response.setHeader("content-length", content.length);
    response.write(content.subarray(0, length), () => response.destroy());
  };
}

/** Gives a part without saying how long it is to be, and closes, as old servers do. */
export function endAt(length: number): Answer {
  return (response, content, request) => {
    request.socket.write("HTTP/1.0 200 OK\r\n\r\n");
    request.socket.end(content.subarray(0, length));
    response.destroy();
  };
}

/** Gives a part, then nothing. */
export function silentAfter(length: number): Answer {
  return (response, content) => {
    response.setHeader("content-length", content.length);
    if (length > 0) response.write(content.subarray(0, length));
  };
}

/** Gives another content than it should, of whatever length. */
export function gives(other: string): Answer {
  return (response, _content, request) => whole(response, Buffer.from(other), request);
}

/** Never ends, and does not say how much it is going to be. */
export const endless: Answer = (response) => {
  const piece = Buffer.alloc(1024, "x");
  const more = (): void => void (response.destroyed || response.write(piece, more));
  more();
};

/** Gives a range that nobody asked for. */
export const wrongRange: Answer = (response, content) => {
  const headers = { "content-range": `bytes 1-${content.length - 1}/${content.length}` };
  response.writeHead(206, headers).end(content.subarray(1));
};

/** Refuses. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) =>
    void response.writeHead(code, { "content-length": 27, ...headers }).end("an explanation for browsers");
}

/** Leads to another address. */
export function leadsTo(location: string, code = 302): Answer {
  return status(code, { location });
}

/** Has the first requests wait for one another, then gives all. */
export function together(count: number): Answer {
  const waiting: (() => void)[] = [];
  return (...args) => {
    waiting.push(() => whole(...args));
    if (waiting.length >= count) for (const go of waiting.splice(0)) go();
    if (waiting.length === 0) count = 1;
  };
}
