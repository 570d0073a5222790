import {
  closeSync,
  createReadStream,
  createWriteStream,
  fstatSync,
  mkdirSync,
  openSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { PassThrough, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";
import { assertInside, UnpackRefusal } from "./unpack-bounds.ts";
import type { ArchiveToUnpack } from "./unpack-tar.ts";
import { readBytes, readZipDirectory, type ZipEntry } from "./zip-directory.ts";

/** No target of a link is longer. */
const longestTarget = 4096;

/** Unpacks a zip archive, files before links: nothing can be written through one. @throws UnpackRefusal */
export async function unpackZip({ count, file, folder, strip }: ArchiveToUnpack): Promise<void> {
  const archive = openSync(file, "r");
  try {
    const entries = readZipDirectory(archive, fstatSync(archive).size);
    for (const { path, size } of entries) {
      assertInside(path);
      count.add(size, 1);
    }
    const placed = entries.flatMap((entry) => {
      const path = entry.path
        .split("/")
        .filter((part) => part !== "" && part !== ".")
        .slice(strip)
        .join("/");
      return path === "" ? [] : [{ entry, place: join(folder, path) }];
    });
    for (const { entry, place } of placed)
      if (entry.kind === "folder") mkdirSync(place, { recursive: true });
      else if (entry.kind === "file") await writeEntry(archive, entry, { file, place });
    for (const { entry, place } of placed) if (entry.kind === "link") await linkEntry(archive, entry, { file, place });
  } catch (thrown) {
    const { code = "", message } = thrown as NodeJS.ErrnoException; // What streams and node:fs throw has both.
    throw code.startsWith("Z_") ? new UnpackRefusal(`it is damaged: ${message}`, "Look at the archive") : thrown;
  } finally {
    closeSync(archive);
  }
}

interface EntryPlace {
  /** The archive. */
  readonly file: string;
  readonly place: string;
}

async function writeEntry(archive: number, entry: ZipEntry, { file, place }: EntryPlace): Promise<void> {
  mkdirSync(dirname(place), { recursive: true });
  const mode = entry.isExecutable ? 0o755 : 0o644;
  await pipeline([...openEntry(archive, entry, file), createWriteStream(place, { flags: "w", mode })]);
  utimesSync(place, entry.time, entry.time);
}

async function linkEntry(archive: number, entry: ZipEntry, { file, place }: EntryPlace): Promise<void> {
  if (entry.size > longestTarget)
    throw new UnpackRefusal(`${JSON.stringify(entry.path)} is no link`, "Name another archive");
  const pieces: Buffer[] = [];
  const collect = new PassThrough();
  collect.on("data", (piece: Buffer) => pieces.push(piece));
  await pipeline([...openEntry(archive, entry, file), collect]);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(Buffer.concat(pieces).toString(), place);
}

/** The streams that make what an entry is, no more than it says. */
function openEntry(archive: number, entry: ZipEntry, file: string): (NodeJS.ReadableStream | NodeJS.ReadWriteStream)[] {
  const header = readBytes(archive, entry.offset, 30);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const bounded = limitTo(entry);
  if (entry.packedSize === 0) return [new PassThrough().end(), bounded];
  const packed = createReadStream(file, { start, end: start + entry.packedSize - 1 });
  return entry.isDeflated ? [packed, createInflateRaw(), bounded] : [packed, bounded];
}

function limitTo({ path, size }: ZipEntry): Transform {
  let length = 0;
  const refusal = (): UnpackRefusal =>
    new UnpackRefusal(`${JSON.stringify(path)} is not as large as it says`, "Name another archive");
  return new Transform({
    transform(piece: Buffer, _, done) {
      length += piece.length;
      if (length > size) done(refusal());
      else done(null, piece);
    },
    flush(done) {
      done(length < size ? refusal() : null);
    },
  });
}
