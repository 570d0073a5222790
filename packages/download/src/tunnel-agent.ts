import { request } from "node:http";
import { Agent, type AgentOptions, type RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import { connect, type ConnectionOptions } from "node:tls";
import { headerOf } from "./basic-header.ts";
import { describeStatus, FetchFailure } from "./fetch-failure.ts";

type Connected = (error: Error | null, socket: Duplex) => void;

/** Connects to hosts by https through a proxy, which sees but the name of the host. */
export class TunnelAgent extends Agent {
  readonly #proxy: URL;
  /** Connections to the proxy through which there is no tunnel yet; the agent knows only of those that are ready. */
  readonly #pending = new Set<{ destroy(): void }>();

  constructor(proxy: URL, options: AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  /** Is called by the agent for each new connection; answers by the callback. */
  override createConnection(options: RequestOptions, connected?: Connected): undefined {
    const { timeout } = options;
    const host = options.host ?? "";
    const port = Number(options.port ?? 443);
    const target = `${host.includes(":") ? `[${host}]` : host}:${port}`;
    const asked = request({
      method: "CONNECT",
      hostname: this.#proxy.hostname.replaceAll(/[[\]]/g, ""),
      port: this.#proxy.port || 80,
      path: target,
      headers: { host: target, ...headerOf(this.#proxy, "proxy-authorization") },
      agent: false,
      ...(timeout !== undefined && { timeout }),
    });
    this.#pending.add(asked);
    const fail = (error: Error): void => {
      if (!this.#pending.delete(asked)) return;
      connected?.(throughProxy(error), undefined as unknown as Duplex); // There is none, which the types do not know.
    };
    asked.once("timeout", () => asked.destroy(silence()));
    asked.on("error", fail);
    // A proxy that answers with a body does not connect us.
    asked.once("response", ({ statusCode = 0 }) => {
      fail(describeStatus(statusCode, undefined));
      asked.destroy();
    });
    asked.once("connect", ({ statusCode = 0 }, socket) => {
      if (statusCode !== 200) {
        socket.destroy();
        return fail(describeStatus(statusCode, undefined));
      }
      this.#pending.delete(asked);
      connected?.(null, connect({ ...(options as ConnectionOptions), host, port, socket })); // What an agent of https gives is for both.
    });
    asked.end();
  }

  override destroy(): void {
    super.destroy();
    for (const pending of this.#pending) pending.destroy();
  }
}

function throughProxy(error: Error): FetchFailure {
  const isPassing = error instanceof FetchFailure && error.isPassing;
  return new FetchFailure(`the proxy does not connect us: ${error.message}`, {
    cause: error,
    isPassing,
    isUnreachable: true,
  });
}

/** Says that nobody said anything for too long. */
export function silence(): FetchFailure {
  return new FetchFailure("nothing came for too long", { isPassing: true, isUnreachable: true });
}
