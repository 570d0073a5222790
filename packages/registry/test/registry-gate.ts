import {
  createServer,
  type IncomingMessage,
  request as sendRequest,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** Stands before a registry: wants tokens, breaks off, and counts. */
export class RegistryGate {
  /** Method and kind of what was asked: "PUT upload". */
  readonly asked: string[] = [];
  /** Who asked for tokens, and for what. */
  readonly tokens: string[] = [];
  /** Where tokens are said to be given; missing: nobody has to have one. */
  realm: string | undefined;
  /** How many contents on their way in are still to be cut. */
  cuts = 0;
  /** The name and password for which tokens are given. */
  readonly allowed: string = "ada:secret";
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #token = 0;
  #port = 0;

  /** @param target `host:port` of the registry */
  constructor(target: string) {
    this.#server = createServer((request, response) => this.#answer(request, response, target));
    this.#server.on("connection", (socket: Socket) => void this.#sockets.add(socket));
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => void this.#server.listen(0, "127.0.0.1", resolve));
    this.#port = (this.#server.address() as AddressInfo).port; // It listens on a port, and not on a path.
    return this;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => void this.#server.close(resolve));
  }

  /** `host:port`. */
  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Makes the tokens that it gave invalid. */
  expire(): void {
    this.#token++;
  }

  #answer(request: IncomingMessage, response: ServerResponse, target: string): void {
    const { headers, method = "", url: path = "" } = request;
    if (path.startsWith("/token")) return this.#giveToken(request, response);
    const kind = /manifests|uploads/.exec(path)?.[0] ?? "blobs";
    this.asked.push(`${method} ${kind}`);
    if (this.realm !== undefined && headers.authorization !== `Bearer token-${this.#token}`) {
      const challenge = `Bearer realm="${this.realm}",service="the registry",scope="repository:firn/web:pull,push"`;
      request.resume();
      return void response.writeHead(401, { "www-authenticate": challenge, "content-length": 0 }).end();
    }
    const isCut = method === "PUT" && kind === "uploads" && this.cuts > 0;
    if (isCut) {
      this.cuts--;
      return void request.once("data", () => request.destroy());
    }
    const { authorization: _token, ...passed } = headers;
    const [host = "", port = ""] = target.split(":");
    const onward = sendRequest({ host, port, path, method, headers: passed }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => void response.destroy());
    request.pipe(onward);
  }

  #giveToken({ headers, url = "" }: IncomingMessage, response: ServerResponse): void {
    const who = Buffer.from((headers.authorization ?? "").replace("Basic ", ""), "base64").toString();
    const { searchParams } = new URL(url, "http://gate");
    this.tokens.push(`${who} ${searchParams.get("service")} ${searchParams.get("scope")}`);
    const isAllowed = who === this.allowed;
    const body = JSON.stringify(isAllowed ? { token: `token-${this.#token}`, expires_in: 300 } : { errors: [] });
    response.writeHead(isAllowed ? 200 : 401, { "content-type": "application/json" }).end(body);
  }
}
