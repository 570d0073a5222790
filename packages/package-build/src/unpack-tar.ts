import { closeSync, openSync, readSync } from "node:fs";
import { runProgram } from "./run-program.ts";
import { assertInside, outsideFix, type UnpackCount, UnpackRefusal } from "./unpack-bounds.ts";

/** An archive that is to be unpacked. */
export interface ArchiveToUnpack {
  readonly file: string;
  /** Folder that is there, and empty. */
  readonly folder: string;
  /** How many parts are taken off each path; what has no more is left out. */
  readonly strip: number;
  readonly count: UnpackCount;
}

/** Tells whether a file is an archive of tar: its first block has its own sum. */
export function isTar(file: string): boolean {
  const block = Buffer.alloc(512);
  const opened = openSync(file, "r");
  try {
    if (readSync(opened, block) < block.length) return false;
  } finally {
    closeSync(opened);
  }
  const said = Number.parseInt(block.toString("latin1", 148, 156), 8);
  block.fill(" ", 148, 156);
  return block.reduce((sum, byte) => sum + byte, 0) === said;
}

/** Unpacks an archive of tar that is not compressed, once all that it has is known to be harmless. @throws UnpackRefusal */
export async function unpackTar({ count, file, folder, strip }: ArchiveToUnpack): Promise<void> {
  const lines = new Lines((line) => checkLine(line, count));
  const listing = ["--list", "--verbose", "--numeric-owner", "--quoting-style=escape", "--absolute-names"];
  const listed = await runProgram({
    program: "tar",
    args: [...listing, "--file", file, "--force-local"],
    onOutput: (piece) => lines.add(piece),
  });
  if (listed.status !== 0) throw describeDamage(listed.said);
  const own = ["--no-same-owner", "--same-permissions", "--delay-directory-restore", `--strip-components=${strip}`];
  const args = ["--extract", "--force-local", "--file", file, "--directory", folder, ...own];
  const { said, status } = await runProgram({ program: "tar", args });
  if (status !== 0) throw describeDamage(said);
}

function describeDamage(said: string): UnpackRefusal {
  const lines = said.trim().split("\n").slice(-3);
  return new UnpackRefusal(
    `tar says: ${lines.join("; ")}`,
    "Look at the archive: it may be damaged, or of another kind",
  );
}

/** Mode, owner, size, date, time and name: "-rw-r--r-- 0/0 5 2024-01-01 00:00 a/b". */
const entry = /^(?<kind>.)\S* +\d+\/\d+ +(?<size>\d+)(?:,\d+)? \S+ \S+ (?<name>.*)$/;

function checkLine(line: string, count: UnpackCount): void {
  const { kind = "", name = "", size = "" } = entry.exec(line)?.groups ?? {};
  if (!"-dlh".includes(kind) || kind === "")
    throw new UnpackRefusal(`it has what is no file, folder or link: ${JSON.stringify(line)}`, outsideFix);
  // Where symbolic links lead is checked when all of them are there.
  for (const path of kind === "l" ? name.split(" -> ").slice(0, 1) : name.split(" link to ")) assertInside(path);
  count.add(kind === "-" ? Number(size) : 0, 1);
}

/** Cuts what a program prints into lines. */
class Lines {
  readonly #take: (line: string) => void;
  #rest = "";

  constructor(take: (line: string) => void) {
    this.#take = take;
  }

  add(piece: Buffer): void {
    const lines = `${this.#rest}${piece.toString("latin1")}`.split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#take(line);
  }
}
