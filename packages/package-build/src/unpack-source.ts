import {
  chmodSync,
  closeSync,
  copyFileSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  writeSync,
} from "node:fs";
import { join, relative } from "node:path";
import { makeFolder } from "./copy-files.ts";
import { resolveWithin } from "./path-within.ts";
import { runProgram } from "./run-program.ts";
import { outsideFix, UnpackCount, type UnpackBounds, UnpackRefusal, usualBounds } from "./unpack-bounds.ts";
import { isTar, unpackTar } from "./unpack-tar.ts";
import { unpackZip } from "./unpack-zip.ts";

/** What is to be unpacked. */
export interface SourceToUnpack {
  readonly file: string;
  /** Where it goes: a folder for an archive; otherwise a file, which is not there. */
  readonly place: string;
  readonly strip: number;
  /** File for what is in between, which is not there. */
  readonly scratch: string;
  readonly bounds?: UnpackBounds;
}

/** First bytes of what programs of the machine can read, in hexadecimal digits. */
const packed: readonly (readonly [magic: string, program: string])[] = [
  ["1f8b", "gzip"],
  ["fd377a585a00", "xz"],
  ["28b52ffd", "zstd"],
  ["425a68", "bzip2"],
  ["4c5a4950", "lzip"],
];

/**
 * Unpacks an archive to a folder, or what is packed alone to a file. Files of it
 * are readable for all, and belong to who unpacks it; links stay within.
 *
 * @throws UnpackRefusal; DiagnosticError "build-failed" when a program for it is missing
 */
export async function unpackSource(source: SourceToUnpack): Promise<void> {
  const { bounds = usualBounds, file, place, scratch, strip } = source;
  const magic = readMagic(file);
  const count = new UnpackCount(bounds);
  if (/^504b0(?:304|506)/.test(magic)) {
    makeFolder(place);
    await unpackZip({ file, folder: place, strip, count });
    return settleFolder(place);
  }
  const program = packed.find(([first]) => magic.startsWith(first))?.[1];
  if (program !== undefined) await decompress(program, { file, scratch, bounds });
  const plain = program === undefined ? file : scratch;
  if (isTar(plain)) {
    makeFolder(place);
    await unpackTar({ file: plain, folder: place, strip, count });
    return settleFolder(place);
  }
  if (program === undefined) throw new UnpackRefusal("it is no archive of a kind that is known", kinds);
  copyFileSync(plain, place);
  chmodSync(place, 0o644);
}

const kinds = 'Use tar, zip, gzip, xz, zstd, bzip2 or lzip; or leave "unpack" out';

function readMagic(file: string): string {
  const bytes = Buffer.alloc(8);
  const opened = openSync(file, "r");
  try {
    return bytes.toString("hex", 0, readSync(opened, bytes));
  } finally {
    closeSync(opened);
  }
}

async function decompress(
  program: string,
  { bounds, file, scratch }: { readonly bounds: UnpackBounds; readonly file: string; readonly scratch: string },
): Promise<void> {
  const [input, output] = [openSync(file, "r"), openSync(scratch, "w")];
  const count = new UnpackCount(bounds);
  try {
    const onOutput = (piece: Buffer): void => {
      count.add(piece.length, 0);
      for (let done = 0; done < piece.length;) done += writeSync(output, piece, done);
    };
    const { said, status } = await runProgram({ program, args: ["-dc"], input, onOutput });
    if (status !== 0) throw new UnpackRefusal(`${program} says: ${said.trim()}`, "Look at the file: it may be damaged");
  } finally {
    closeSync(input);
    closeSync(output);
  }
}

/** Gives what is unpacked modes that do not depend on the machine, and makes sure that no link leads out. @throws UnpackRefusal */
export function settleFolder(root: string, folder: string = root): void {
  chmodSync(folder, 0o755);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const status = lstatSync(path);
    if (status.isSymbolicLink()) assertLinkInside(root, folder, path);
    else if (status.isDirectory()) settleFolder(root, path);
    else chmodSync(path, (status.mode & 0o111) === 0 ? 0o644 : 0o755);
  }
}

function assertLinkInside(root: string, folder: string, path: string): void {
  const target = readlinkSync(path);
  if (resolveWithin(root, target, relative(root, folder)) !== undefined) return;
  const link = JSON.stringify(relative(root, path));
  throw new UnpackRefusal(`its link ${link} leads out of it, to ${JSON.stringify(target)}`, outsideFix);
}
