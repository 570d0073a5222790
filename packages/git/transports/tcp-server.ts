import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import type { TestServer } from "./test-server.ts";

/** Starts a server on a free port of this machine that gives its connections to a function, and ends them at its close. */
export async function startTcpServer(
  scheme: string,
  accept: (socket: Socket) => void,
): Promise<TestServer & { readonly port: number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    // Clients of a bad server break off as they like.
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    accept(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A listening server has a port");
  return {
    url: `${scheme}://127.0.0.1:${address.port}`,
    port: address.port,
    close: async () => {
      if (!server.listening) return;
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}
