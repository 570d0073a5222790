import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "@firn/store";
import { ArrivingFile } from "./arriving-file.ts";
import { FetchFailure } from "./fetch-failure.ts";
import { type Authority, followRedirects } from "./follow-redirects.ts";
import type { HttpClient } from "./http-client.ts";
import { receiveBody, receiveFile, type Receiver, restart } from "./receive-body.ts";
import { showAddress } from "./shown-address.ts";

/** A content that is wanted. */
export interface WantedContent {
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  /** Bytes; missing: nobody knows, and what arrives is as much as it is. */
  readonly size?: number | undefined;
  /** Where it may be, best first: http, https or file. */
  readonly addresses: readonly string[];
  /** What it is, for messages. */
  readonly name: string;
}

/** What an address said instead of giving what it was asked for. */
export interface AddressFailure {
  readonly address: string;
  readonly failure: FetchFailure;
}

/** What all fetches of one run share. */
export interface FetchContext {
  readonly client: HttpClient;
  readonly store: Store;
  readonly signal: AbortSignal;
  /** How long to wait before each further try, in milliseconds: as many as there are. */
  readonly waits: readonly number[];
  readonly authority?: Authority;
  /** Servers that did not answer at all, and why. */
  readonly down: Map<string, FetchFailure>;
  arrived(bytes: number): void;
}

/** Fetches one content. @returns what each address said, when none had it; nothing when it is in the store */
export async function fetchContent(
  wanted: WantedContent,
  context: FetchContext,
): Promise<AddressFailure[] | undefined> {
  const file = new ArrivingFile(context.store);
  const fetch = new ContentFetch(wanted, context, { file, size: wanted.size, arrived: context.arrived });
  try {
    const failures = await fetch.tryAll();
    if (failures === undefined) await file.keep(wanted.sha256);
    return failures;
  } finally {
    file.remove();
  }
}

class ContentFetch {
  readonly #wanted: WantedContent;
  readonly #context: FetchContext;
  readonly #receiver: Receiver;
  /** Whether what is there came in several answers. */
  #isMixed = false;

  constructor(wanted: WantedContent, context: FetchContext, receiver: Receiver) {
    this.#wanted = wanted;
    this.#context = context;
    this.#receiver = receiver;
  }

  async tryAll(): Promise<AddressFailure[] | undefined> {
    const failures: AddressFailure[] = [];
    for (const address of this.#wanted.addresses) {
      const failure = await this.#tryAddress(address);
      if (failure === undefined) return undefined;
      failures.push({ address: showAddress(address), failure });
    }
    restart(this.#receiver);
    return failures;
  }

  async #tryAddress(address: string): Promise<FetchFailure | undefined> {
    if (!URL.canParse(address)) return new FetchFailure("it is not an address");
    const url = new URL(address);
    const { down, signal, waits } = this.#context;
    for (let count = 0; ; count++) {
      const known = down.get(url.origin);
      if (known !== undefined) return known;
      const failure = await this.#tryOnce(url);
      if (failure === undefined) return undefined;
      const wait = failure.isPassing ? waits[count] : undefined;
      if (wait === undefined) {
        if (failure.isUnreachable) down.set(url.origin, failure);
        return failure;
      }
      await sleep(failure.wait ?? wait, undefined, { signal });
    }
  }

  async #tryOnce(url: URL): Promise<FetchFailure | undefined> {
    try {
      await this.#receive(url);
      return this.#check();
    } catch (thrown) {
      this.#context.signal.throwIfAborted();
      if (thrown instanceof FetchFailure) return thrown;
      throw thrown;
    }
  }

  async #receive(url: URL): Promise<void> {
    if (url.protocol === "file:") return receiveFile(url, this.#receiver);
    if (url.protocol !== "http:" && url.protocol !== "https:")
      throw new FetchFailure("the address is none of http, https and file");
    const { authority, client } = this.#context;
    const { length } = this.#receiver.file;
    this.#isMixed = length > 0;
    const headers: Record<string, string> = length > 0 ? { range: `bytes=${length}-` } : {};
    const answer = await followRedirects(client, url, { headers, authority });
    await receiveBody(answer, this.#receiver);
  }

  #check(): FetchFailure | undefined {
    const digest = this.#receiver.file.digest();
    if (digest === this.#wanted.sha256) return undefined;
    restart(this.#receiver);
    const reason = `its content is another: its sha256 is ${digest.slice(0, 12)}…`;
    // Which of the answers was wrong cannot be told; the whole is asked for anew.
    return new FetchFailure(reason, { isPassing: this.#isMixed, wait: 0, found: digest });
  }
}
