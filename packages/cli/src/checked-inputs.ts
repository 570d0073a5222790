import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { findFile, readLocalOverrides, writeWhole } from "@firn/flake-folder";
import { findLaidOutInputs } from "@firn/input-tree";
import type { Flake } from "@firn/loader";
import type { Lockfile } from "@firn/lock";

/** The inputs of a flake whose lock was found to fit, and is laid out. */
export interface CheckedInputs {
  readonly lock: Pick<Lockfile, "inputs">;
  /** Whether the flake has package sources, or its lock has packages. */
  readonly hasPackages: boolean;
  /** Absolute folder of each input. */
  readonly folders: ReadonlyMap<string, string>;
}

/**
 * Finds the inputs of a flake if nothing that decides about them has changed
 * since they were checked and laid out. Every command asks, so it compares texts
 * and parses neither YAML nor a schema.
 */
export function findCheckedInputs({ root }: Flake): CheckedInputs | undefined {
  const note = findFile(noteOf(root));
  const lockText = findFile(join(root, "lockfile.json"));
  if (note === undefined || lockText === undefined) return undefined;
  const { hasPackages, lock: checkedText, others } = JSON.parse(note) as Note; // writeWhole wrote it, whole.
  if (checkedText !== lockText) return undefined;
  const { inputs } = JSON.parse(lockText) as CheckedInputs["lock"]; // It is the text that was checked.
  const lock: Lockfile = { lockfileVersion: 1, inputs, sources: {}, closures: {} };
  const folders = findLaidOutInputs({ root, lock, localOverrides: readLocalOverrides(root) });
  if (folders === undefined || JSON.stringify(others) !== JSON.stringify(textsOf(root, folders))) return undefined;
  return { lock, hasPackages, folders };
}

/** Notes that the lock of a flake fits, and is laid out in these folders. */
export function noteCheckedInputs(
  { root }: Flake,
  { folders, hasPackages }: Pick<CheckedInputs, "folders" | "hasPackages">,
): void {
  const lock = findFile(join(root, "lockfile.json")) ?? "";
  const note: Note = { lock, hasPackages, others: textsOf(root, folders) };
  if (findFile(noteOf(root)) === undefined) {
    mkdirSync(join(root, ".firn"), { recursive: true });
    writeWhole(join(root, ".firn", ".gitignore"), "*\n");
  }
  writeWhole(noteOf(root), JSON.stringify(note));
}

interface Note {
  /** Text of lockfile.json. */
  readonly lock: string;
  readonly hasPackages: boolean;
  /** Texts of the files that say what the lock must have. */
  readonly others: Readonly<Record<string, string>>;
}

function noteOf(root: string): string {
  return join(root, ".firn", "checked.json");
}

/** Reads what decides: the flake's own files, and the flake.yaml of each folder beside it that is an input. */
function textsOf(root: string, folders: ReadonlyMap<string, string>): Note["others"] {
  const laidOut = join(root, ".firn", "inputs");
  const beside = [...folders.values()].filter((folder) => !folder.startsWith(laidOut));
  const files = [root, ...new Set(beside)].map((folder) => join(folder, "flake.yaml"));
  return Object.fromEntries([...files, join(root, "flake.local.yaml")].map((file) => [file, findFile(file) ?? ""]));
}
