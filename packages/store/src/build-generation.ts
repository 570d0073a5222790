import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { hashContent } from "./content-hash.ts";
import { type StorePaths, unfinishedName } from "./store-paths.ts";

/** One file of a generation. */
export interface GenerationContent {
  /** Path below the generation. */
  readonly path: string;
  readonly hash: string;
  readonly isExecutable: boolean;
  /** Whether only the owner of the store may read it. */
  readonly isPrivate: boolean;
}

/** A link of a generation to another thing of the store. */
export interface GenerationLink {
  /** Path below the generation. */
  readonly path: string;
  /** Path below the store. */
  readonly leadsTo: string;
}

/** What a generation is made of. */
export interface GenerationToBuild {
  readonly name: string;
  /** Text of `manifest.json`. */
  readonly manifest: string;
  /** Contents that were received by the store, such as files of packages, are among them like all others. */
  readonly files: readonly GenerationContent[];
  /** What they lead to is there before. @default none */
  readonly links?: readonly GenerationLink[];
  /** Gives the content with a hash; asked only for what the store does not have. */
  read(hash: string): string | Uint8Array;
}

/** The time of all files and folders of a generation, in seconds: two builds are byte-identical. */
export const buildTime = 1;

/**
 * Builds a generation, unless it is there.
 *
 * @returns whether it had to be built
 */
export function buildGeneration(paths: StorePaths, generation: GenerationToBuild): boolean {
  const final = paths.generation(generation.name);
  if (existsSync(final)) return false;
  const folder = join(paths.generations, unfinishedName());
  whileCollected(() => {
    for (const each of [paths.objects, paths.generations]) mkdirSync(each, { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o755 });
  });
  try {
    fillFolder(paths, generation, folder);
    syncAll(paths.root);
    finishFolder(folder, final);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return true;
}

/** Does something again while it fails because a collection removes folders that are empty, one of its own perhaps just now. */
export function whileCollected<T>(work: () => T): T {
  for (let tries = 1; ; tries++) {
    try {
      return work();
    } catch (thrown) {
      // What node:fs throws has a code.
      if ((thrown as NodeJS.ErrnoException).code !== "ENOENT" || tries === 100) throw thrown;
    }
  }
}

/** A power cut must not leave a generation with contents that were never written. */
function syncAll(folder: string): void {
  spawnSync("sync", ["-f", folder], { stdio: "ignore" });
}

/** Whoever was faster has built the same. */
function finishFolder(folder: string, final: string): void {
  try {
    renameSync(folder, final);
  } catch (thrown) {
    if (!existsSync(final)) throw thrown;
  }
}

function fillFolder(paths: StorePaths, { files, links = [], manifest, read }: GenerationToBuild, folder: string): void {
  const made = new Set([folder]);
  const shared = new Set(whileCollected(() => (existsSync(paths.objects) ? readdirSync(paths.objects) : [])));
  for (const { hash, isExecutable, isPrivate, path } of files) {
    const object = paths.object(hash, isExecutable);
    const at = `${folder}/${path}`;
    makeFolder(dirname(at), made);
    if (!shared.has(hash.slice(0, 2))) {
      mkdirSync(dirname(object), { recursive: true });
      shared.add(hash.slice(0, 2));
    }
    const mode = (isExecutable ? 0o555 : 0o444) & (isPrivate ? 0o700 : 0o777);
    // What was private until now is read by all.
    const isThere = linkObject(object, at);
    if (isThere && !isPrivate) chmodSync(object, mode);
    if (!isThere) writeAndLink(object, at, { hash, mode, content: read(hash) });
  }
  for (const link of links) {
    makeFolder(dirname(`${folder}/${link.path}`), made);
    symlinkSync(linkText(link), `${folder}/${link.path}`);
    lutimesSync(`${folder}/${link.path}`, buildTime, buildTime);
  }
  writeFileSync(`${folder}/manifest.json`, manifest, { mode: 0o600, flag: "wx" });
  utimesSync(`${folder}/manifest.json`, buildTime, buildTime);
  for (const each of [...made].toReversed()) utimesSync(each, buildTime, buildTime);
}

/** The text of a link: the way out of the generation, and down again. */
export function linkText({ leadsTo, path }: GenerationLink): string {
  return `${"../".repeat(path.split("/").length + 1)}${leadsTo}`;
}

function writeAndLink(object: string, at: string, written: ObjectToWrite): void {
  // Garbage collection may take what has no name in a generation yet.
  do writeObject(object, written);
  while (!linkObject(object, at));
}

function makeFolder(folder: string, made: Set<string>): void {
  if (made.has(folder)) return;
  makeFolder(dirname(folder), made);
  mkdirSync(folder, { mode: 0o755 });
  made.add(folder);
}

/** Tells whether there is such an object, which then has one more name. File systems bound how many names a file has. */
export function linkObject(object: string, at: string): boolean {
  try {
    linkSync(object, at);
    return true;
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException; // What node:fs throws has a code.
    if (code === "ENOENT") return false;
    if (code !== "EMLINK" && code !== "EPERM") throw thrown;
    copyFileSync(object, at);
    utimesSync(at, buildTime, buildTime);
    return true;
  }
}

/** A content, and the mode of its file. */
export interface ObjectToWrite {
  readonly hash: string;
  readonly mode: number;
  readonly content: string | Uint8Array;
}

/** Writes a content under another name first, so that no object is ever half there. */
export function writeObject(object: string, { content, hash, mode }: ObjectToWrite): void {
  if (hashContent(content) !== hash) throw new Error(`the content for ${hash} is another`);
  for (;;) {
    mkdirSync(dirname(object), { recursive: true });
    const part = join(dirname(object), unfinishedName());
    try {
      writeFileSync(part, content, { mode: 0o600 });
      chmodSync(part, mode);
      utimesSync(part, buildTime, buildTime);
      return renameSync(part, object);
    } catch (thrown) {
      // A collection removes folders that are empty, this one perhaps just now.
      if ((thrown as NodeJS.ErrnoException).code !== "ENOENT") {
        // What node:fs throws has a code.
        rmSync(part, { force: true });
        throw thrown;
      }
    }
  }
}
