import { connect, type Socket } from "node:net";
import { Transform, type TransformCallback } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { startTcpServer } from "./tcp-server.ts";
import type { TestServer } from "./test-server.ts";

/** A server that is another one, over a line with some trouble. */
export interface BadServer extends TestServer {
  /** Ends the trouble, for connections made from now on. */
  mend(): void;
}

/** Makes what an answer goes through on its way to a client. */
type Trouble = (client: Socket) => Transform;

/** Puts a line before a server that accepts connections, and over which no answer ever comes. */
export function startHangingServer(server: TestServer): Promise<BadServer> {
  return startBadLine(
    server,
    () => new Transform({ transform: (_part, _encoding, done: TransformCallback) => done() }),
  );
}

/** Puts a line before a server that breaks off, each connection after so many bytes of the answer. */
export function startResettingServer(server: TestServer, bytes: number): Promise<BadServer> {
  return startBadLine(server, (client) => {
    let left = bytes;
    return new Transform({
      transform(part: Buffer, _encoding, done: TransformCallback) {
        left -= part.length;
        if (left >= 0) return done(null, part);
        // The client is cut off, not told of an end.
        return void client.resetAndDestroy();
      },
    });
  });
}

/** Puts a line before a server over which answers come slowly. */
export function startSlowServer(server: TestServer, bytesPerSecond: number): Promise<BadServer> {
  // Twenty portions a second.
  const portion = Math.max(1, Math.floor(bytesPerSecond / 20));
  return startBadLine(server, (client) => {
    return new Transform({
      transform(part: Buffer, _encoding, done: TransformCallback) {
        const sendFrom = async (start: number): Promise<void> => {
          if (start >= part.length || client.destroyed) return done();
          this.push(part.subarray(start, start + portion));
          await delay(1000 / 20);
          return sendFrom(start + portion);
        };
        void sendFrom(0);
      },
    });
  });
}

async function startBadLine(server: TestServer, trouble: Trouble): Promise<BadServer> {
  const target = new URL(server.url);
  let isMended = false;
  const line = await startTcpServer(target.protocol.slice(0, -1), (client) => {
    const upstream = connect(Number(target.port), target.hostname);
    upstream.on("error", () => client.destroy());
    client.on("close", () => upstream.destroy());
    client.pipe(upstream);
    if (isMended) upstream.pipe(client);
    else upstream.pipe(trouble(client)).pipe(client);
  });
  const url = new URL(server.url);
  url.port = String(line.port);
  return {
    url: url.href.replace(/\/$/, ""),
    close: () => line.close(),
    mend: () => {
      isMended = true;
    },
  };
}
