import { join } from "node:path";
import { DiagnosticError } from "@firn/diagnostic";
import { findFile } from "@firn/flake-folder";
import type { Flake } from "@firn/loader";
import { findCheckedInputs } from "./checked-inputs.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Makes sure that the inputs of a flake are laid out as its lock says and that
 * the lock fits flake.yaml, for every command that evaluates.
 *
 * @returns folders outside of the flake that its code may be made of
 * @throws DiagnosticError with code stale-lock, or with what could not be fetched
 */
export async function ensureInputs(flake: Flake, terminal: Terminal): Promise<readonly string[]> {
  const [flakeText, lockText] = ["flake.yaml", "lockfile.json"].map((file) => findFile(join(flake.root, file)) ?? "");
  if (hasNoInputs(flakeText ?? "", lockText ?? "")) return [];
  const { folders } = findCheckedInputs(flake) ?? (await checkInputs(terminal));
  return [...new Set(folders.values())].filter((folder) => !folder.startsWith(join(flake.root, "/")));
}

/** Loads what parses and fetches only where something changed. */
async function checkInputs(terminal: Terminal): Promise<{ folders: ReadonlyMap<string, string> }> {
  const { computeLock, openInputs } = await import("./flake-inputs.ts");
  const { layOut } = await import("./apply-lock.ts");
  const { findStaleSources } = await import("@firn/resolve");
  const inputs = openInputs(terminal);
  const stale = findStaleSources(inputs.flakeFile.manifest.sources, inputs.lockFile.lock);
  if (stale.length > 0) throw new DiagnosticError(stale);
  return { folders: await layOut(inputs, await computeLock(inputs, { isFrozen: true })) };
}

/** A line of a flake.yaml without inputs. */
const plainLine = /^(?:#.*|(?:name|description):.*|(?:inputs|devInputs):(?:\s*\{\s*\})?\s*(?:#.*)?)?$/;

/** Sees at a glance that there is nothing to lay out: then nothing is parsed, and nothing is written either. */
function hasNoInputs(flakeText: string, lockText: string): boolean {
  const isEmptyLock = lockText === "" || /"inputs":\s*\{\s*\}/.test(lockText);
  return isEmptyLock && flakeText.split(/\r?\n/).every((line) => plainLine.test(line));
}
