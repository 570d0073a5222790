import { join } from "node:path";
import { findFile, readLocalOverrides, writeWhole } from "@firn/flake-folder";
import { findLaidOutInputs } from "@firn/input-tree";
import type { Flake } from "@firn/loader";
import type { Lockfile } from "@firn/lock";
import { layOut } from "./apply-lock.ts";
import { computeLock, openInputs } from "./flake-inputs.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Makes sure that the inputs of a flake are laid out as its lock says and that
 * the lock fits flake.yaml. Asked by every command that evaluates, it reads no
 * more than two files where nothing has changed.
 *
 * @throws DiagnosticError with code stale-lock, or with what could not be fetched
 */
export async function ensureInputs(flake: Flake, terminal: Terminal): Promise<void> {
  const texts = ["flake.yaml", "lockfile.json", "flake.local.yaml"].map(
    (file) => findFile(join(flake.root, file)) ?? "",
  );
  const [flakeText = "", lockText = ""] = texts;
  if (hasNoInputs(flakeText, lockText)) return;
  const checkedFile = join(flake.root, ".firn", "checked.json");
  const checked = JSON.stringify(texts);
  if (findFile(checkedFile) === checked && isLaidOut(flake, lockText)) return;
  const inputs = openInputs(terminal);
  const lock = await computeLock(inputs, { isFrozen: true });
  await layOut(inputs, lock);
  writeWhole(checkedFile, checked);
}

/** A line of a flake.yaml without inputs. */
const plainLine = /^(?:#.*|(?:name|description):.*|(?:inputs|devInputs):(?:\s*\{\s*\})?\s*(?:#.*)?)?$/;

/** Sees at a glance that there is nothing to lay out: then nothing is parsed, and nothing is written either. */
function hasNoInputs(flakeText: string, lockText: string): boolean {
  const isEmptyLock = lockText === "" || /"inputs":\s*\{\s*\}/.test(lockText);
  return isEmptyLock && flakeText.split(/\r?\n/).every((line) => plainLine.test(line));
}

/** The text was checked before: it is a lock. */
function isLaidOut({ root }: Flake, lockText: string): boolean {
  const lock = JSON.parse(lockText) as Lockfile;
  return findLaidOutInputs({ root, lock, localOverrides: readLocalOverrides(root) }) !== undefined;
}
