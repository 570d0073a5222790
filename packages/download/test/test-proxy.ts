import { createServer, request as httpRequest, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** A proxy that leads every name to one port of this machine. */
export class TestProxy {
  /** What it was asked: method, target, and who asked. */
  readonly asked: string[] = [];
  /** Status of all its answers; missing: it does what it is asked. */
  refuses: number | undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  /** @param target the port */
  constructor(target: () => number) {
    this.#server = createServer((request, response) => {
      this.#note(request.method, request.url, request.headers["proxy-authorization"]);
      if (this.refuses !== undefined) return void response.writeHead(this.refuses).end();
      const url = new URL(request.url ?? "");
      const path = url.pathname + url.search;
      const onward = httpRequest({ port: target(), host: "127.0.0.1", path, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      });
      onward.end();
    });
    this.#server.on("connection", (socket: Socket) => void this.#sockets.add(socket));
    this.#server.on("connect", (request, socket) => {
      this.#note(request.method, request.url, request.headers["proxy-authorization"]);
      if (this.refuses !== undefined)
        return void socket.end(`HTTP/1.1 ${this.refuses} No\r\ncontent-length: 0\r\n\r\n`);
      const onward = connect(target(), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connected\r\n\r\n");
        onward.pipe(socket).pipe(onward);
      });
      socket.on("error", () => void onward.destroy());
      onward.on("error", () => void socket.destroy());
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => void this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`; // It listens on a port, and not on a path.
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => void this.#server.close(resolve));
  }

  #note(method = "", target = "", authorization = ""): void {
    const who = Buffer.from(authorization.replace("Basic ", ""), "base64").toString();
    this.asked.push(`${method} ${target}${who && ` by ${who}`}`);
  }
}
