import { connect, createServer, type Server, type Socket } from "node:net";
import type { ArchiveServer } from "@firn/apt/testing";
import type { TestHost } from "@firn/test-host";

/** Passes on to a server of this machine what a host of tests asks for, until it goes away. */
export class PackageMirror {
  readonly #relay: Server;
  readonly #address: string;
  readonly #sockets = new Set<Socket>();
  #port = 0;

  private constructor(relay: Server, address: string) {
    this.#relay = relay;
    this.#address = address;
  }

  /** Begins to pass on; the host and others of this runner reach it. */
  static async start(server: ArchiveServer, host: TestHost): Promise<PackageMirror> {
    const port = Number(new URL(server.address).port);
    const relay = createServer((socket) => mirror.#pass(socket, connect(port, "127.0.0.1")));
    // The first address of the hosts' network is that of this machine.
    const mirror: PackageMirror = new PackageMirror(relay, host.address.replace(/\d+$/, "1"));
    await mirror.comeBack();
    return mirror;
  }

  /** Address of the server's folder as the host sees it, without a slash at the end. */
  get address(): string {
    return `http://${this.#address}:${this.#port}`;
  }

  /** Ends all connections, and accepts none until `comeBack`. */
  async leave(): Promise<void> {
    if (!this.#relay.listening) return;
    const closed = new Promise<void>((resolve) => {
      this.#relay.close(() => resolve());
    });
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** Is there again, at the same address. */
  async comeBack(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#relay.once("error", reject);
      this.#relay.listen(this.#port, this.#address, resolve);
    });
    const address = this.#relay.address();
    if (typeof address === "object" && address !== null) this.#port = address.port;
  }

  #pass(from: Socket, to: Socket): void {
    for (const [socket, other] of [
      [from, to],
      [to, from],
    ] as const) {
      this.#sockets.add(socket);
      socket.pipe(other);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
