import { createHash, type Hash } from "node:crypto";
import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import { explainStoreFailure, type Store } from "@firn/store";

/** A file of a store that is written piece by piece, and hashed meanwhile. */
export class ArrivingFile {
  readonly path: string;
  readonly #store: Store;
  readonly #file: number;
  #hash: Hash = createHash("sha256");
  #length = 0;
  #isOpen = true;

  /** @throws DiagnosticError "store-failed" */
  constructor(store: Store) {
    this.#store = store;
    this.path = store.receive();
    this.#file = this.#explain(() => openSync(this.path, "wx", 0o600));
  }

  /** Bytes that are there. */
  get length(): number {
    return this.#length;
  }

  /** Adds a piece. Waits for the disk, so that nothing arrives faster than it can be written. @throws DiagnosticError "store-failed" */
  write(piece: Uint8Array): void {
    this.#explain(() => {
      for (let done = 0; done < piece.length;)
        done += writeSync(this.#file, piece, done, piece.length - done, this.#length + done);
    });
    this.#hash.update(piece);
    this.#length += piece.length;
  }

  /** Forgets all that is there. */
  restart(): void {
    if (this.#length === 0) return;
    this.#explain(() => ftruncateSync(this.#file));
    this.#hash = createHash("sha256");
    this.#length = 0;
  }

  /** Tells the sha256 of what is there. */
  digest(): string {
    return this.#hash.copy().digest("hex");
  }

  /** Makes it a content of the store. @throws DiagnosticError "store-failed" */
  async keep(hash: string): Promise<void> {
    this.#close();
    await this.#store.keep(this.path, hash);
  }

  /** Removes it, unless it is kept. */
  remove(): void {
    this.#close();
    rmSync(this.path, { force: true });
  }

  #close(): void {
    if (this.#isOpen) closeSync(this.#file);
    this.#isOpen = false;
  }

  #explain<T>(work: () => T): T {
    try {
      return work();
    } catch (thrown) {
      throw explainStoreFailure(this.#store.folder, thrown);
    }
  }
}
