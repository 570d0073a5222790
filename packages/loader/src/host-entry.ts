import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, nearestNames, type Place } from "@firn/diagnostic";
import type { Flake } from "./flake.ts";
import { readManifest } from "./package-manifest.ts";
import { findText, placeAt } from "./text-position.ts";

/** A host whose code can be loaded. */
export interface HostEntry {
  readonly name: string;
  /** Absolute path of its folder. */
  readonly directory: string;
  /** Absolute path of the file with its default export, without symbolic links. */
  readonly entry: string;
}

/** A host's entry, or the reason why it has none. */
export interface FoundHost {
  readonly name: string;
  readonly host?: HostEntry;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds where the code of a host starts, from its folder alone.
 *
 * @returns a problem `bad-host-package` when there is no package.json or no entry in it;
 *   neither host nor problem when there is no such folder
 */
export async function findHost(flake: Flake, name: string): Promise<FoundHost> {
  const directory = join(flake.root, "hosts", name);
  const isFolderName = /^[^/\\]+$/.test(name) && name !== "." && name !== "..";
  if (!isFolderName || !existsSync(directory)) return { name, diagnostics: [] };
  const { manifest, diagnostics } = await readManifest(directory, "bad-host-package");
  if (manifest === undefined) return { name, diagnostics };
  if (manifest.entry === undefined) return { name, diagnostics: [noEntry(name, directory)] };
  if (!existsSync(manifest.entry)) return { name, diagnostics: [entryIsGone(name, directory, manifest.entry)] };
  return { name, host: { name, directory, entry: realpathSync(manifest.entry) }, diagnostics: [] };
}

/**
 * Finds where the code of a package starts; undefined when it exports none.
 *
 * @param folder relative to the flake
 */
export async function findPackage(flake: Flake, folder: string): Promise<HostEntry | undefined> {
  const directory = join(flake.root, folder);
  const { manifest } = await readManifest(directory, "bad-workspace");
  if (manifest?.entry === undefined || !existsSync(manifest.entry)) return undefined;
  return { name: folder, directory, entry: realpathSync(manifest.entry) };
}

/**
 * Checks that a host is one of those of the workspace.
 *
 * @returns `unknown-host` when its name stands nowhere, `bad-host-package` when the globs leave it out
 */
export function checkMembership(found: FoundHost, known: readonly string[]): readonly Diagnostic[] {
  if (found.diagnostics.length > 0) return found.diagnostics;
  if (known.includes(found.name)) return [];
  return [found.host === undefined ? unknownHost(found.name, known) : notInGlobs(found.host)];
}

function unknownHost(name: string, known: readonly string[]): Diagnostic {
  const make = `make it: a package in the folder hosts/${name}`;
  const nearest = nearestNames(name, known).map((other) => `"${other}"`);
  return {
    code: "unknown-host",
    severity: "error",
    message: `Cannot find the host "${name}" in the flake`,
    marks: [],
    why: [
      known.length === 0
        ? "The flake has no hosts"
        : `The flake has the hosts ${known.map((other) => `"${other}"`).join(", ")}`,
    ],
    fix: nearest.length === 0 ? `To have it, ${make}` : `Write ${nearest.join(" or ")}, or ${make}`,
  };
}

function notInGlobs({ name, directory }: HostEntry): Diagnostic {
  return {
    code: "bad-host-package",
    severity: "error",
    message: `Cannot load the host "${name}": it is not a package of the workspace`,
    marks: [],
    why: [`No glob in pnpm-workspace.yaml takes "${directory}", or a negated one leaves it out`],
    fix: 'Add "hosts/*" to the packages in pnpm-workspace.yaml, then run: pnpm install',
  };
}

function noEntry(name: string, directory: string): Diagnostic {
  return {
    code: "bad-host-package",
    severity: "error",
    message: `Cannot load the host "${name}": its package.json names no entry`,
    marks: [{ role: "no exports here", place: manifestPlace(directory) }],
    fix: 'Add "exports": { ".": "./src/index.ts" }',
  };
}

function entryIsGone(name: string, directory: string, entry: string): Diagnostic {
  return {
    code: "bad-host-package",
    severity: "error",
    message: `Cannot load the host "${name}": its entry "${entry}" does not exist`,
    marks: [{ role: "named here", place: manifestPlace(directory) }],
    fix: 'Write the file, or correct "exports"',
  };
}

/** The place of `exports` in a package.json: found as a property, or the start of the file. */
function manifestPlace(directory: string): Place {
  const file = join(directory, "package.json");
  const text = findText(file) ?? "";
  return placeAt(file, text, Math.max(0, text.indexOf('"exports"')));
}
