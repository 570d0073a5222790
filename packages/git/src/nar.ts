import { createHash, type Hash } from "node:crypto";

/** A sink of bytes. */
export type WriteBytes = (bytes: Buffer) => void;

/**
 * Writes the NAR serialization of a folder piece by piece: the caller tells of
 * each entry in order, names sorted by their bytes.
 *
 * @see https://nix.dev/manual/nix/latest/protocols/nix-archive
 */
export class NarWriter {
  readonly #write: WriteBytes;

  constructor(write: WriteBytes) {
    this.#write = write;
    this.#texts("nix-archive-1");
  }

  /** Begins a folder. Between this and `endDirectory` are its entries, each with `beginEntry` and `endEntry`. */
  beginDirectory(): void {
    this.#texts("(", "type", "directory");
  }

  /** Ends a folder. */
  endDirectory(): void {
    this.#texts(")");
  }

  /** Begins an entry of a folder; what it is comes next. */
  beginEntry(name: string): void {
    this.#texts("entry", "(", "name", name, "node");
  }

  /** Ends an entry of a folder. */
  endEntry(): void {
    this.#texts(")");
  }

  /** Writes a symbolic link. */
  link(target: Buffer): void {
    this.#texts("(", "type", "symlink", "target");
    this.#length(target.length);
    this.#write(target);
    this.#pad(target.length);
    this.#texts(")");
  }

  /** Begins a file of so many bytes; who calls writes them with `contents`, then calls `endFile`. */
  beginFile(size: number, isExecutable: boolean): void {
    this.#texts("(", "type", "regular", ...(isExecutable ? ["executable", ""] : []), "contents");
    this.#length(size);
  }

  /** Writes a piece of a file. */
  contents(bytes: Buffer): void {
    this.#write(bytes);
  }

  /** Ends a file of so many bytes. */
  endFile(size: number): void {
    this.#pad(size);
    this.#texts(")");
  }

  #texts(...texts: readonly string[]): void {
    for (const text of texts) {
      const bytes = Buffer.from(text);
      this.#length(bytes.length);
      this.#write(bytes);
      this.#pad(bytes.length);
    }
  }

  #length(length: number): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(length));
    this.#write(bytes);
  }

  #pad(length: number): void {
    if (length % 8 !== 0) this.#write(Buffer.alloc(8 - (length % 8)));
  }
}

/** The hash that stands in locks. */
export class Integrity {
  readonly #hash: Hash = createHash("sha256");

  /** Adds bytes. */
  readonly add: WriteBytes = (bytes) => {
    this.#hash.update(bytes);
  };

  /** Renders the hash of all bytes added: `sha256-` and base64. */
  render(): string {
    return `sha256-${this.#hash.digest("base64")}`;
  }
}
