import { readFileSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import {
  describeStatus,
  discardBody,
  type Environment,
  FetchFailure,
  followRedirects,
  HttpClient,
  type Patience,
  readShortBody,
  showAddress,
} from "@firn/download";

/** What one address said instead of giving what it was asked for. */
export interface Refusal {
  readonly address: string;
  readonly failure: FetchFailure;
}

/** How to reach archives. */
export interface ArchiveClientOptions {
  readonly environment: Environment;
  readonly patience: Patience;
}

/** Reads files of archives, over http, https, or from this machine. */
export class ArchiveClient {
  readonly #client: HttpClient;
  readonly #waits: readonly number[];
  readonly #down = new Map<string, FetchFailure>();

  constructor({ environment, patience }: ArchiveClientOptions) {
    this.#client = new HttpClient({ connections: 4, environment, idle: patience.idle });
    this.#waits = patience.waits;
  }

  /** Reads a file into memory. @param most bytes that it may have @throws FetchFailure */
  async read(address: string, most: number): Promise<Buffer> {
    if (!URL.canParse(address)) throw new FetchFailure("it is not an address");
    const url = new URL(address);
    if (url.protocol === "file:") return readLocal(url, most);
    if (url.protocol !== "http:" && url.protocol !== "https:")
      throw new FetchFailure("the address is none of http, https and file");
    for (let count = 0; ; count++) {
      const known = this.#down.get(url.origin);
      if (known !== undefined) throw known;
      const result = await this.#readOnce(url, most);
      if (!(result instanceof FetchFailure)) return result;
      const wait = result.isPassing ? this.#waits[count] : undefined;
      if (wait === undefined && result.isUnreachable) this.#down.set(url.origin, result);
      if (wait === undefined) throw result;
      await sleep(result.wait ?? wait);
    }
  }

  /** Ends all connections. */
  close(): void {
    this.#client.close();
  }

  async #readOnce(url: URL, most: number): Promise<Buffer | FetchFailure> {
    try {
      const answer = await followRedirects(this.#client, url, {});
      if (answer.statusCode === 200) return await readShortBody(answer, most);
      discardBody(answer);
      return describeStatus(answer.statusCode ?? 0, answer.headers["retry-after"]);
    } catch (thrown) {
      if (thrown instanceof FetchFailure) return thrown;
      throw thrown;
    }
  }
}

function readLocal(url: URL, most: number): Buffer {
  const file = fileURLToPath(url);
  const status = statSync(file, { throwIfNoEntry: false });
  if (status === undefined) throw new FetchFailure("it is not there");
  // What is no file may never end, or never begin.
  if (!status.isFile()) throw new FetchFailure("it is not a file");
  if (status.size > most) throw new FetchFailure(`it has more than ${most} bytes`);
  return readFileSync(file);
}

/** Says which address refused. @throws what was thrown, unless it is a refusal */
export function refusalOf(address: string, thrown: unknown): Refusal {
  if (!(thrown instanceof FetchFailure)) throw thrown;
  return { address: showAddress(address), failure: thrown };
}

/** Tells whether what was asked for is not there, so that asking again is of no use. */
export function isMissing({ message }: FetchFailure): boolean {
  return /^it is (?:not there|no longer there)/.test(message);
}
