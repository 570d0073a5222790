import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDiagnosticError } from "@firn/diagnostic";
import { fetchContents, type Fetched, type FetchOptions, type WantedContent } from "@firn/download";
import { openStore, type Store } from "@firn/store";
import { BreakingServer } from "./breaking-server.ts";

/** A store in a folder of its own, and two servers. */
export class TemporaryDownload {
  readonly folder: string = mkdtempSync(join(tmpdir(), "firn-download-"));
  readonly store: Store = openStore(join(this.folder, "store"));
  readonly server: BreakingServer = new BreakingServer();
  readonly mirror: BreakingServer = new BreakingServer();

  async start(): Promise<this> {
    await Promise.all([this.server.start(), this.mirror.start()]);
    return this;
  }

  async remove(): Promise<void> {
    await Promise.all([this.server.stop(), this.mirror.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Fetches without patience, and with no variable of this machine. */
  fetch(wanted: readonly WantedContent[], options: Partial<FetchOptions> = {}): Promise<Fetched> {
    const patience = { idle: 20_000, waits: [1, 1] };
    return fetchContents({ store: this.store, environment: {}, patience, ...options, wanted });
  }

  /** What is said of contents that cannot be fetched, ports left out. */
  async fail(wanted: readonly WantedContent[], options: Partial<FetchOptions> = {}): Promise<string[]> {
    try {
      await this.fetch(wanted, options);
    } catch (thrown) {
      if (!isDiagnosticError(thrown)) throw thrown;
      return thrown.diagnostics.flatMap(({ fix, message, why = [] }) => [
        message,
        ...why.map((line) => line.replaceAll(/127\.0\.0\.1:\d+/g, "host")),
        fix ?? "",
      ]);
    }
    return [];
  }

  /** Text of a content, if the store has it. */
  read(text: string): string | undefined {
    return this.store.read(hashOf(text))?.toString();
  }

  /** What is on its way, or was left there. */
  get unfinished(): string[] {
    return readdirSync(join(this.folder, "store/received"));
  }

  /** Reads a file in the folder. */
  readFile(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }
}

/** Hashes a text as the store does. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Wants a text. */
export function want(text: string, ...addresses: readonly string[]): WantedContent {
  return { sha256: hashOf(text), size: Buffer.byteLength(text), addresses, name: text.slice(0, 8) };
}
