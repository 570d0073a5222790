import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Certificate } from "./certificate.ts";
import type { TestServer } from "./test-server.ts";

/** Starts a server for http, or https if it has a certificate, on a free port of this machine. */
export async function startHttpServer(answer: RequestListener, tls?: Certificate): Promise<TestServer> {
  const server = tls === undefined ? createServer(answer) : createTlsServer({ key: tls.key, cert: tls.cert }, answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A listening server has a port");
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${address.port}`,
    close: async () => {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
