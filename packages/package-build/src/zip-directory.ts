import { readSync } from "node:fs";
import { UnpackRefusal } from "./unpack-bounds.ts";

/** A file, folder or link of a zip archive. */
export interface ZipEntry {
  readonly path: string;
  readonly kind: "file" | "folder" | "link";
  readonly isExecutable: boolean;
  /** Bytes, as they are in the archive and unpacked. */
  readonly packedSize: number;
  readonly size: number;
  readonly isDeflated: boolean;
  /** Where its own header begins. */
  readonly offset: number;
  /** When it was changed, in seconds since 1970. */
  readonly time: number;
}

/** Bytes of the record at the end, and of the longest comment after it. */
const endSize = 22;
const longestComment = 65_535;

/**
 * Reads what a zip archive has, from the list at its end.
 *
 * @throws UnpackRefusal for what is damaged, encrypted, larger than 4 GB, or packed in another way than by deflate
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function readZipDirectory(file: number, length: number): ZipEntry[] {
  const tail = readBytes(
    file,
    Math.max(0, length - endSize - longestComment),
    Math.min(length, endSize + longestComment),
  );
  const end = tail.lastIndexOf("PK\x05\x06", tail.length - endSize, "latin1");
  if (end < 0) throw damaged("it has no list of its files");
  const count = tail.readUInt16LE(end + 10);
  const [size, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (count === 0xffff || start === 0xffffffff) throw damaged("it is larger than 4 GB or has more than 65,534 files");
  if (start + size > length) throw damaged("its list of files is not whole");
  const list = readBytes(file, start, size);
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + 46 > list.length || list.toString("latin1", at, at + 4) !== "PK\x01\x02")
      throw damaged("its list of files is not whole");
    const lengths = [28, 30, 32].map((offset) => list.readUInt16LE(at + offset));
    entries.push(readEntry(list.subarray(at), lengths[0] ?? 0));
    at += 46 + lengths.reduce((sum, one) => sum + one, 0);
  }
  return entries;
}

function readEntry(bytes: Buffer, nameLength: number): ZipEntry {
  const path = bytes.toString("utf8", 46, 46 + nameLength);
  const [flags, method] = [bytes.readUInt16LE(8), bytes.readUInt16LE(10)];
  const shown = JSON.stringify(path);
  if ((flags & 1) !== 0) throw new UnpackRefusal(`${shown} is encrypted`, "Name an archive that is not");
  if (method !== 0 && method !== 8)
    throw new UnpackRefusal(
      `${shown} is packed in a way that is not known: ${method}`,
      "Name another archive of the same",
    );
  // The system it was made on says what the attributes mean: 3 is Unix.
  const mode = bytes.readUInt8(5) === 3 ? bytes.readUInt32LE(38) >>> 16 : 0;
  return {
    path,
    kind: path.endsWith("/") ? "folder" : (mode & 0o170000) === 0o120000 ? "link" : "file",
    isExecutable: (mode & 0o100) !== 0,
    isDeflated: method === 8,
    packedSize: bytes.readUInt32LE(20),
    size: bytes.readUInt32LE(24),
    offset: bytes.readUInt32LE(42),
    time: readTime(bytes.readUInt16LE(14), bytes.readUInt16LE(12)),
  };
}

/** Taken for UTC: an archive does not say where it was made. */
function readTime(date: number, time: number): number {
  const day = Date.UTC(1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31);
  return day / 1000 + (time >> 11) * 3600 + ((time >> 5) & 63) * 60 + (time & 31) * 2;
}

/** Reads bytes of a file that must have them. @throws UnpackRefusal */
export function readBytes(file: number, start: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  if (readSync(file, bytes, 0, length, start) < length) throw damaged("it is not whole");
  return bytes;
}

function damaged(reason: string): UnpackRefusal {
  return new UnpackRefusal(reason, "Look at the archive, or name one of another kind");
}
