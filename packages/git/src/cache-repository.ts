import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SourceUrl } from "@firn/input";
import { removeAbandoned, temporaryPath } from "./temporary-path.ts";

/** What a repository of the cache holds: snapshots of commits, or their history without any file. */
export type CacheUse = "snapshots" | "history";

/** A repository of the cache: one for each address, bare, without a branch. */
export interface CacheRepository {
  readonly source: SourceUrl;
  readonly path: string;
  readonly use: CacheUse;
}

/**
 * Says where the repository of an address is.
 *
 * @param options.objectId an id of that repository: those of 64 digits have a repository of their own
 */
export function cacheRepository(
  cacheDirectory: string,
  source: SourceUrl,
  { use = "snapshots", objectId = "" }: { readonly use?: CacheUse; readonly objectId?: string } = {},
): CacheRepository {
  const name = createHash("sha256").update(source.url).digest("hex");
  const format = objectId.length === 64 ? ".sha256" : "";
  const history = use === "history" ? ".history" : "";
  return { source, use, path: join(cacheDirectory, "git", `${name}${format}${history}.git`) };
}

/**
 * The configuration of every repository of the cache, stronger than the user's:
 * no hook, no watcher, no maintenance behind our back, no question to anybody,
 * and every object checked. Packs are never unpacked, so that a download is
 * there wholly or not at all.
 */
function renderConfiguration(format: "sha1" | "sha256"): string {
  const extensions = format === "sha1" ? "" : "[extensions]\n\tobjectFormat = sha256\n";
  return `[core]
	repositoryFormatVersion = ${format === "sha1" ? 0 : 1}
	bare = true
	hooksPath = /dev/null
	fsmonitor = false
	askPass =
	sshCommand = ssh -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=15
	bigFileThreshold = 64m
${extensions}[ssh]
	variant = ssh
[credential]
	interactive = false
[transfer]
	fsckObjects = true
	unpackLimit = 1
	bundleURI = false
[fetch]
	fsckObjects = true
	unpackLimit = 1
	recurseSubmodules = false
	writeCommitGraph = false
	showForcedUpdates = false
[protocol]
	version = 2
[submodule]
	recurse = false
[gc]
	auto = 0
[maintenance]
	auto = false
[http]
	lowSpeedLimit = 1
	lowSpeedTime = 60
`;
}

/** Makes the repository if it is not there yet, without a process. A repository appears whole or not at all. */
export async function ensureRepository({ path, use }: CacheRepository): Promise<void> {
  const config = renderConfiguration(path.includes(".sha256.") ? "sha256" : "sha1");
  const present = await readFile(join(path, "config"), "utf8").catch(() => undefined);
  // git itself notes in the configuration of a history what it left out.
  if (present === config || (present !== undefined && use === "history")) return;
  await removeAbandoned(path);
  const beside = temporaryPath(path);
  try {
    await makeRepository(path, { beside, config });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

async function makeRepository(path: string, { beside, config }: { beside: string; config: string }): Promise<void> {
  await mkdir(join(beside, "objects", "pack"), { recursive: true });
  await mkdir(join(beside, "refs"));
  await writeFile(join(beside, "HEAD"), "ref: refs/heads/none\n");
  await writeFile(join(beside, "config"), config);
  await rename(beside, path).catch(async () => {
    // It is there already, made by another process or by another version of Firn.
    await rename(join(beside, "config"), join(path, "config"));
  });
}

/**
 * Removes what a download that was killed leaves behind: locks of git, and packs
 * it did not finish. Which commits are shallow is of use to none but the
 * download that noted it. Only for who holds the lock of the repository.
 */
export async function sweepRepository({ path, use }: CacheRepository): Promise<void> {
  await removeAbandoned(path);
  const isRemains = (name: string): boolean =>
    name.endsWith(".lock") || (use === "snapshots" && name === "shallow") || name.startsWith("tmp_");
  const folders = ["", "objects", join("objects", "pack"), join("refs", "firn")];
  for (const folder of folders.map((name) => join(path, name))) {
    const names = await readdir(folder).catch(() => []);
    await Promise.all(names.filter(isRemains).map((name) => rm(join(folder, name), { recursive: true, force: true })));
  }
}
