import { join } from "node:path";
import type { Diagnostic } from "@firn/diagnostic";
import { parseFlake } from "@firn/flake-file";
import { findFile } from "@firn/flake-folder";
import { type InputDeclaration, type InputPath, joinInputPath, parentPath } from "@firn/input";
import { isFollowsPin, isPinValid, type Lockfile, type Pin } from "@firn/lock";

/**
 * Finds inputs of inputs that a lock has otherwise than the flakes that it pins
 * ask for: a merge or an edit by hand may have lost, kept or mixed entries. The
 * lock alone does not tell; the laid out flakes do.
 *
 * @param folders absolute folder of each input
 */
export function findLockHoles(lock: Lockfile, folders: ReadonlyMap<InputPath, string>): readonly InputPath[] {
  const below = new Map<InputPath, InputPath[]>();
  for (const path of Object.keys(lock.inputs)) {
    const parent = parentPath(path);
    below.set(parent, [...(below.get(parent) ?? []), path]);
  }
  return Object.entries(lock.inputs)
    .flatMap(([path, pin]) => {
      const declared = readDeclared(pin, folders.get(path));
      if (declared === undefined) return [];
      const wanted = new Map(Object.entries(declared).map(([name, each]) => [joinInputPath(path, name), each]));
      const wrong = [...wanted].filter(([child, each]) => !isAnswer(lock.inputs[child], each)).map(([child]) => child);
      return [...wrong, ...(below.get(path) ?? []).filter((child) => !wanted.has(child))];
    })
    .toSorted();
}

/** Reads what the flake of an input asks for; undefined for no flake. */
function readDeclared(pin: Pin, folder: string | undefined): Readonly<Record<string, InputDeclaration>> | undefined {
  if (folder === undefined || isFollowsPin(pin) || pin.want.flake === false) return undefined;
  const file = join(folder, "flake.yaml");
  const text = findFile(file);
  return text === undefined ? undefined : parseFlake(text, { file, role: "input" }).manifest.inputs;
}

function isAnswer(pin: Pin | undefined, { want, follows }: InputDeclaration): boolean {
  if (want === undefined && follows === undefined) return true;
  // Whether the words of another flake stand here is seen from that flake.
  if (pin?.overriddenBy !== undefined) return true;
  if (pin === undefined || isFollowsPin(pin)) return pin !== undefined && follows !== undefined;
  return want !== undefined && isPinValid(pin, want);
}

/** Says that a lock has an input of an input otherwise than its flake asks for. */
export function lockHole(path: InputPath): Diagnostic {
  return {
    code: "stale-lock",
    severity: "error",
    message: `Cannot go on with the input "${path}": lockfile.json does not have what "${parentPath(path)}" asks for`,
    marks: [],
    why: ["A merge or an edit by hand may have lost or mixed entries"],
    fix: "firn lock",
  };
}
