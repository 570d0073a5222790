import { readdirSync, readFileSync, readlinkSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";

/**
 * What a file system says of an entry without reading it. The time of the last
 * status change cannot be set by anybody, so an edit that restores size and
 * modification time (`touch -r`, `cp -p`) shows all the same.
 */
export interface Stamp {
  /** Milliseconds since 1970, or -1 for "too recent to be trusted". */
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  /** Bytes, or -1 when nothing is there. */
  readonly size: number;
}

/** Something that a bundle was made of: a file, a folder of links, or that nothing is there. */
export interface Input extends Stamp {
  readonly path: string;
  /** Digest of the contents; of a folder, of its names and links. */
  readonly digest: string;
}

/**
 * Milliseconds between two ticks of the clock by which a file system dates
 * changes, at most: a second edit within one tick leaves the stamp as it was.
 * So a stamp this young is recorded as untrusted, and the next check reads the contents.
 *
 * @see https://git-scm.com/docs/racy-git
 */
export const clockTick = 20;

/** Observes an entry; to be called before its contents are read. */
export function stampOf(path: string): Stamp {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return { mtimeMs: 0, ctimeMs: 0, size: -1 };
  const { mtimeMs, ctimeMs } = stats;
  const isYoung = Math.max(mtimeMs, ctimeMs) > Date.now() - clockTick;
  return { mtimeMs: isYoung ? -1 : mtimeMs, ctimeMs, size: sizeOf(stats) };
}

/** Says when an entry last changed, in milliseconds since 1970; 0 when nothing is there. */
export function lastChange(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? 0 : Math.max(stats.mtimeMs, stats.ctimeMs);
}

/** File systems give folders sizes of their own that mean nothing. */
function sizeOf(stats: Stats): number {
  return stats.isDirectory() ? 0 : stats.size;
}

/** Tells whether an entry still looks as it did; false means only that its contents must be compared. */
export function isUntouched(path: string, { mtimeMs, ctimeMs, size }: Stamp): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return size === -1;
  return stats.mtimeMs === mtimeMs && stats.ctimeMs === ctimeMs && sizeOf(stats) === size;
}

/** Digests contents. */
export type Digest = (contents: string | Uint8Array) => string;

/** Loads what digests contents: `node:crypto` takes 2 to 10 ms, which the warm path does without. */
export async function loadDigest(): Promise<Digest> {
  const { createHash } = await import("node:crypto");
  return (contents) => createHash("sha256").update(contents).digest("base64url");
}

/** Reads an entry as an input. */
export function readInput(path: string, digest: Digest): Input {
  const stamp = stampOf(path);
  return { path, ...stamp, digest: digest(stamp.size === -1 ? "" : contentsOf(path)) };
}

function contentsOf(path: string): string | Uint8Array {
  return statSync(path).isDirectory() ? listFolder(path) : readFileSync(path);
}

/**
 * Lists a folder with the targets of its links. Names that start with a dot are
 * left out: no import resolves to them, and tools keep their caches there.
 */
function listFolder(path: string): string {
  const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => !name.startsWith("."));
  const lines = entries.map((entry) =>
    entry.isSymbolicLink() ? `${entry.name} -> ${readlinkSync(join(path, entry.name))}` : entry.name,
  );
  return lines.toSorted().join("\n");
}

/** Whether a bundle's inputs are as they were, and the inputs with the stamps they have now. */
export interface Freshness {
  readonly fresh: boolean;
  /** Set when contents are the same but stamps are not, so that the next check need not read. */
  readonly renewed?: readonly Input[];
}

/** Compares inputs with what is there now: by stamp, and by contents where a stamp differs. */
export async function checkFreshness(inputs: readonly Input[]): Promise<Freshness> {
  const touched = inputs.filter((input) => !isUntouched(input.path, input));
  if (touched.length === 0) return { fresh: true };
  const digest = await loadDigest();
  const renewed = new Map<string, Input>();
  for (const input of touched) {
    const now = findInput(input.path, digest);
    if (now?.digest !== input.digest || (now.size === -1) !== (input.size === -1)) return { fresh: false };
    renewed.set(input.path, now);
  }
  return { fresh: true, renewed: inputs.map((input) => renewed.get(input.path) ?? input) };
}

/** Reads an entry that may vanish meanwhile. */
function findInput(path: string, digest: Digest): Input | undefined {
  try {
    return readInput(path, digest);
  } catch {
    return undefined;
  }
}
