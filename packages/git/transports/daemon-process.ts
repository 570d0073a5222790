import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** A program that serves on a port. */
export interface DaemonCommand {
  readonly program: string;
  readonly args: (port: number) => readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A program that runs. */
export interface DaemonProcess {
  readonly port: number;
  stop(): Promise<void>;
}

/** How often a port that was free may turn out to be taken. */
const attempts = 5;

/** Starts a program on a free port, and waits until it accepts connections there. Throws what it says when it ends. */
export async function startDaemonProcess(command: DaemonCommand): Promise<DaemonProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    const daemon = new Daemon(command, port);
    try {
      await daemon.waitUntilReady();
      return { port, stop: () => daemon.stop() };
    } catch (error) {
      await daemon.stop();
      // Another process may have been faster to take the port.
      if (attempt === attempts) throw error;
    }
  }
}

class Daemon {
  readonly #process: ChildProcess;
  readonly #port: number;
  #said = "";
  #failure: Error | undefined;

  constructor({ program, args, environment }: DaemonCommand, port: number) {
    const env = { PATH: process.env["PATH"] ?? "", LC_ALL: "C", ...environment };
    this.#port = port;
    this.#process = spawn(program, [...args(port)], { env, stdio: ["ignore", "ignore", "pipe"] });
    this.#process.on("error", (error) => (this.#failure = error));
    this.#process.stderr?.on("data", (bytes: Buffer) => {
      this.#said = (this.#said + bytes.toString()).slice(-4096);
    });
  }

  async waitUntilReady(): Promise<void> {
    while (!(await accepts(this.#port))) {
      if (this.#isOver()) throw this.#failure ?? new Error(`The server ended: ${this.#said}`);
      await delay(10);
    }
    // The port may be that of another, while ours is about to end because of that.
    await delay(20);
    if (this.#isOver()) throw new Error(`The server ended: ${this.#said}`);
  }

  async stop(): Promise<void> {
    if (this.#isOver()) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }

  #isOver(): boolean {
    return this.#failure !== undefined || this.#process.exitCode !== null || this.#process.signalCode !== null;
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("A listening server has a port");
  return address.port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
