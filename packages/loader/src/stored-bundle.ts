import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import type { Bundle } from "./bundle.ts";
import type { Input } from "./input-file.ts";

/** What a stored bundle must have been made for; anything else is another bundle. */
export interface BundleKey {
  readonly root: string;
  readonly inputFolders: readonly string[];
  readonly hosts: readonly string[];
  /** Folders of packages that are loaded beside the hosts. */
  readonly modules: readonly string[];
  readonly shared: readonly string[];
}

/** A bundle with V8's compiled form of it, which only the process that evaluates may use: it was made there. */
export interface StoredBundle {
  readonly bundle: Bundle;
  readonly compiled: Uint8Array | undefined;
}

// One file holds everything, so that code, its compiled form and its source
// maps always belong together: a line with a checksum, a JSON header, the parts.
// The checksum is not optional: V8 crashes on a damaged compiled form.

const format = "firn-bundle 3";

interface Header {
  readonly key: BundleKey;
  readonly chunks: Bundle["chunks"];
  /** Bytes of code, maps and compiled form. */
  readonly sizes: readonly [number, number, number];
  /** Path, mtimeMs, ctimeMs, size and digest of each input. */
  readonly inputs: readonly (readonly [string, number, number, number, string])[];
}

/** Says in which file a bundle is stored. The name need not be unique: the header has the whole key. */
export function bundleFile(cacheDirectory: string, key: BundleKey): string {
  const digest = (value: unknown): string => crc32(JSON.stringify(value)).toString(16).padStart(8, "0");
  return join(cacheDirectory, `${basename(key.root)}-${digest(key.root)}-${digest(key)}.bundle`);
}

/** Reads a stored bundle; anything missing, foreign, damaged or of another format is no bundle. */
export function readStored(file: string, key: BundleKey): StoredBundle | undefined {
  try {
    return parseStored(readOwn(file), key);
  } catch {
    return undefined; // A cache that cannot be read is a cache without an entry.
  }
}

/** Milliseconds after which reading marks a file as used, for the sake of pruning. */
const day = 86_400_000;

/** Reads a file that this user wrote: what is in it will be evaluated. */
function readOwn(file: string): Buffer {
  const descriptor = openSync(file, "r");
  try {
    const { uid, mtimeMs } = fstatSync(descriptor);
    if (process.getuid !== undefined && uid !== process.getuid()) return Buffer.alloc(0);
    if (mtimeMs < Date.now() - day) utimesSync(file, new Date(), new Date());
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function parseStored(bytes: Buffer, key: BundleKey): StoredBundle | undefined {
  const lineEnd = bytes.indexOf("\n");
  const [checksum, headerSize = 0] = bytes
    .toString("latin1", format.length, Math.max(lineEnd, format.length))
    .trim()
    .split(" ")
    .map(Number);
  const body = bytes.subarray(lineEnd + 1);
  if (!bytes.toString("latin1", 0, format.length).startsWith(format) || crc32(body) !== checksum) return undefined;
  const header = JSON.parse(body.toString("utf8", 0, headerSize)) as Header; // The checksum vouches for it.
  if (JSON.stringify(header.key) !== JSON.stringify(key)) return undefined;
  const [codeEnd, mapsEnd, end] = partEnds(headerSize, header.sizes);
  const compiled = body.subarray(mapsEnd, end);
  return {
    bundle: {
      code: body.toString("utf8", headerSize, codeEnd),
      chunks: header.chunks,
      inputs: header.inputs.map(([path, mtimeMs, ctimeMs, size, digest]): Input => ({
        path,
        mtimeMs,
        ctimeMs,
        size,
        digest,
      })),
      isSettled: true,
      maps: () => body.toString("utf8", codeEnd, mapsEnd),
    },
    compiled: compiled.length === 0 ? undefined : compiled,
  };
}

function partEnds(start: number, [code, maps, compiled]: Header["sizes"]): [number, number, number] {
  return [start + code, start + code + maps, start + code + maps + compiled];
}

let writes = 0;

/**
 * Stores a bundle: written beside, then renamed, so that another process sees
 * the old file or the new one. A cache that cannot be written stays as it is.
 *
 * @returns whether it was stored
 */
export function writeStored(file: string, key: BundleKey, stored: StoredBundle): boolean {
  const beside = `${file}.${process.pid}.${writes++}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(beside, renderStored(key, stored), { mode: 0o600 });
    renameSync(beside, file);
    return true;
  } catch {
    return false;
  }
}

function renderStored(key: BundleKey, { bundle, compiled = new Uint8Array() }: StoredBundle): Buffer {
  const code = Buffer.from(bundle.code);
  const maps = Buffer.from(bundle.maps());
  const header: Header = {
    key,
    chunks: bundle.chunks,
    sizes: [code.length, maps.length, compiled.length],
    inputs: bundle.inputs.map(({ path, mtimeMs, ctimeMs, size, digest }) => [path, mtimeMs, ctimeMs, size, digest]),
  };
  const head = Buffer.from(JSON.stringify(header));
  const body = Buffer.concat([head, code, maps, compiled]);
  return Buffer.concat([Buffer.from(`${format} ${crc32(body)} ${head.length}\n`), body]);
}
