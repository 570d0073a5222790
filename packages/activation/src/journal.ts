import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SwitchScripts } from "@firn/switch-script";

/** All that a switch finds in its journal. */
export interface JournalFiles {
  readonly scripts: SwitchScripts;
  /** Missing when the machine goes back to what it was without Firn. */
  readonly installed?: {
    /** Name of the generation in the store. */
    readonly generation: string;
    readonly number: number;
    /** `record.json`. */
    readonly record: string;
  };
  /** What `generations/<number>.json` says; missing when the number is not new. */
  readonly number?: string;
}

/** Writes the folder that becomes the journal when the switch begins; it is on disk when this returns. */
export function writeJournal(state: string, { installed, number, scripts }: JournalFiles): string {
  const folder = join(state, "journal.new");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files: Record<string, string> = {
    ...scripts.staged,
    "apply.sh": scripts.apply,
    "revert.sh": scripts.revert,
    "clean.sh": scripts.clean,
    ...(number !== undefined && { "number.json": number }),
    ...(installed !== undefined && {
      "installed/record.json": installed.record,
      "installed/number": `${installed.number}\n`,
    }),
  };
  if (installed !== undefined) {
    // Links go through it, so that everyone may enter.
    mkdirSync(join(folder, "installed"), { mode: 0o755 });
    symlinkSync(`../../store/generations/${installed.generation}`, join(folder, "installed/generation"));
  }
  for (const [name, text] of Object.entries(files)) writeDurably(join(folder, name), text);
  for (const path of [folder, state]) syncFolder(path);
  return folder;
}

function writeDurably(path: string, text: string): void {
  const isPublic = path.endsWith("/number.json") || path.endsWith("/number");
  const file = openSync(path, "wx", isPublic ? 0o644 : 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Makes the folder of the state, with what leads to it. */
export function makeState(state: string): void {
  mkdirSync(dirname(state), { recursive: true });
  mkdirSync(state, { recursive: true, mode: 0o755 });
}
