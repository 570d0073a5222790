import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { clockTick, type Input, lastChange, loadDigest, readInput } from "./input-file.ts";
import type { SourceReader } from "./source-reader.ts";

/** The static files of a flake that decide what its hosts are. */
const flakeInputs = ["flake.yaml", "pnpm-workspace.yaml", "lockfile.json", "package.json", "node_modules"];

/** What a bundle was made of, and whether that is certain. */
export interface BundleInputs {
  readonly inputs: readonly Input[];
  readonly isSettled: boolean;
}

/**
 * Lists what a bundle was made of: the sources; for each package its manifest
 * and the folders of links that its imports were resolved through; the static
 * files of the flake; the manifest of the bundler, for its version; and this
 * very file, since a new Firn can bundle otherwise.
 *
 * The sources are known as they were read. The others are looked at only now:
 * one that changed since the build began leaves it open what was used.
 *
 * @param startedAt when the build began, in milliseconds since 1970
 */
export async function listInputs(
  { sources, absent }: Pick<SourceReader, "sources" | "absent">,
  root: string,
  startedAt: number,
): Promise<BundleInputs> {
  const digest = await loadDigest();
  const read = [...sources].map(([path, { stamp, text }]) => ({ path, ...stamp, digest: digest(text) }));
  const packages = new Set([...sources.keys()].map((file) => packageFolder(dirname(file), root)));
  const paths = new Set([
    ...[...packages].map((folder) => join(folder, "package.json")),
    ...new Set([...packages].flatMap((folder) => linkFolders(folder, root))),
    ...flakeInputs.map((name) => join(root, name)),
    ...absent,
    createRequire(import.meta.url).resolve("rolldown/package.json"),
    fileURLToPath(import.meta.url),
  ]);
  const others = [...paths].map((path) => readInput(path, digest));
  const isSettled = others.every(({ path }) => lastChange(path) < startedAt - clockTick);
  return { inputs: [...read, ...others], isSettled };
}

function packageFolder(folder: string, root: string): string {
  const isLast = folder === root || dirname(folder) === folder;
  return isLast || existsSync(join(folder, "package.json")) ? folder : packageFolder(dirname(folder), root);
}

/** The folders of links that an import in a folder is looked for in; a missing one counts, since it can appear. */
function linkFolders(folder: string, root: string): string[] {
  const links = join(folder, "node_modules");
  const names = existsSync(links) ? readdirSync(links) : [];
  const scopes = names.filter((name) => name.startsWith("@")).map((name) => join(links, name));
  const isLast = folder === root || dirname(folder) === root || dirname(folder) === folder;
  const above = isLast ? [] : linkFolders(dirname(folder), root);
  return [links, ...scopes, ...above];
}
