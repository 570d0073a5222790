import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";

/** Reads a text file; undefined when there is none. */
export function findFile(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isNodeError(error) && (error.code === "ENOENT" || error.code === "ENOTDIR")) return undefined;
    throw new DiagnosticError([cannot("read", file, error)]);
  }
}

/**
 * Writes a text file such that others see the old one or the new one, also when
 * the machine loses power, and leaves alone one that has this text already.
 *
 * @returns whether it had to be written
 * @throws DiagnosticError with code bad-workspace when it cannot be written, or is a link
 */
export function writeWhole(file: string, text: string): boolean {
  // What a link leads to is another file, which nobody asked to change.
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true) throw new DiagnosticError([isLink(file)]);
  if (findFile(file) === text) return false;
  const beside = `${file}.${process.pid}.tmp`;
  try {
    removeAbandoned(file);
    const descriptor = openSync(beside, "w", 0o644);
    try {
      writeSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(beside, file);
    return true;
  } catch (error) {
    rmSync(beside, { force: true });
    throw new DiagnosticError([cannot("write", file, error)]);
  }
}

/** Removes what processes that are gone have left beside a file, where the system lists its processes. */
function removeAbandoned(file: string): void {
  const start = `${basename(file)}.`;
  for (const name of readdirSync(dirname(file))) {
    const pid = name.startsWith(start) ? /^(\d+)\.tmp$/.exec(name.slice(start.length))?.[1] : undefined;
    if (pid === undefined || existsSync(`/proc/${pid}`) || !existsSync("/proc/self")) continue;
    rmSync(join(dirname(file), name), { force: true });
  }
}

function isLink(file: string): Diagnostic {
  return {
    code: "bad-workspace",
    severity: "error",
    message: `Cannot write "${basename(file)}": it is a symbolic link`,
    marks: [],
    why: [`It stands at ${file}`],
    fix: "Put the file itself there",
  };
}

function cannot(verb: string, file: string, error: unknown): Diagnostic {
  return {
    code: "bad-workspace",
    severity: "error",
    message: `Cannot ${verb} "${file}"`,
    marks: [],
    why: [error instanceof Error ? error.message : String(error)],
    fix: "Check that you may, and that the disk is not full",
    cause: error,
  };
}

function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error;
}
