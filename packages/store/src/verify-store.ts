import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import {
  type GenerationContent,
  type GenerationLink,
  type GenerationToBuild,
  linkObject,
  linkText,
  writeObject,
} from "./build-generation.ts";
import { hashFile } from "./content-hash.ts";
import { type StorePaths, unfinished, unfinishedName } from "./store-paths.ts";

/** Something in the store that is not as it was built. */
export interface Damage {
  /** Path below the store. */
  readonly path: string;
  /** In words: "its content is another", "it is missing". */
  readonly what: string;
  readonly isRepaired: boolean;
}

/** What a verification found. */
export interface Verification {
  readonly objects: number;
  readonly generations: number;
  readonly damages: readonly Damage[];
}

/** What a generation is made of, beside its manifest. */
export type GenerationParts = Pick<GenerationToBuild, "files" | "links">;

/** How a store is verified. */
export interface VerifyOptions {
  /** Says what a generation is made of, from the text of its manifest; undefined when the text is damaged. */
  contentsOf(manifest: string, name: string): GenerationParts | undefined;
  /** Finds a good copy of a content elsewhere; where it is given, damage is repaired. */
  readonly findContent?: (hash: string) => string | Uint8Array | undefined;
}

/** Hashes all contents anew, and compares each generation with its manifest. */
export function verifyStore(paths: StorePaths, options: VerifyOptions): Verification {
  const damages: Damage[] = [];
  const objects = listObjects(paths);
  for (const object of objects) {
    const damage = verifyObject(paths, object, options);
    if (damage !== undefined) damages.push(damage);
  }
  const generations = listNames(paths.generations);
  for (const name of generations) damages.push(...verifyGeneration(paths, name, options));
  return { objects: objects.length, generations: generations.length, damages };
}

interface StoredObject {
  readonly file: string;
  readonly hash: string;
  readonly isExecutable: boolean;
}

function listObjects(paths: StorePaths): StoredObject[] {
  return listNames(paths.objects).flatMap((folder) =>
    listNames(join(paths.objects, folder)).map((name) => ({
      file: join(paths.objects, folder, name),
      hash: name.replace(/-x$/, ""),
      isExecutable: name.endsWith("-x"),
    })),
  );
}

function listNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !unfinished.test(name))
    .toSorted();
}

function verifyObject(
  { root }: StorePaths,
  { file, hash, isExecutable }: StoredObject,
  { findContent }: VerifyOptions,
): Damage | undefined {
  const path = file.slice(root.length + 1);
  const open = isExecutable ? 0o555 : 0o444;
  if (isGood(file, hash))
    return verifyMode(file, { path, modes: [open, open & 0o700], isRepaired: findContent !== undefined });
  const isOpen = (lstatSync(file).mode & 0o044) !== 0;
  const content = findContent?.(hash);
  // Nothing may be built with it, also where there is no good copy.
  if (findContent !== undefined) rmSync(file, { recursive: true, force: true });
  if (content !== undefined) writeObject(file, { hash, mode: isOpen ? open : open & 0o700, content });
  return { path, what: "its content is another", isRepaired: content !== undefined };
}

/** What only the owner of the store may read may be shared with what all may; then all may read it. */
function verifyMode(
  file: string,
  { isRepaired, modes, path }: { path: string; modes: readonly [number, ...number[]]; isRepaired: boolean },
): Damage | undefined {
  if (modes.includes(lstatSync(file).mode & 0o7777)) return undefined;
  if (isRepaired) chmodSync(file, modes.at(-1) ?? modes[0]);
  return { path, what: "its mode is another", isRepaired };
}

function isGood(file: string, hash: string): boolean {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  return stat?.isFile() === true && hashFile(file) === hash;
}

function verifyGeneration(paths: StorePaths, name: string, options: VerifyOptions): Damage[] {
  const folder = paths.generation(name);
  const path = `generations/${name}`;
  const manifest = lstatSync(`${folder}/manifest.json`, { throwIfNoEntry: false })?.isFile()
    ? readFileSync(`${folder}/manifest.json`, "utf8")
    : undefined;
  const parts = manifest === undefined ? undefined : options.contentsOf(manifest, name);
  if (parts === undefined) return [{ path: `${path}/manifest.json`, what: "it is damaged", isRepaired: false }];
  const { files: contents, links = [] } = parts;
  const lost = links.flatMap((link) => verifyLink(paths, name, { link, options }));
  const wrong = contents.flatMap((content) => {
    const file = `${folder}/${content.path}`;
    const open = content.isExecutable ? 0o555 : 0o444;
    const modes = content.isPrivate ? ([open, open & 0o700] as const) : ([open] as const);
    const at = { path: `${path}/${content.path}`, modes, isRepaired: options.findContent !== undefined };
    if (isGood(file, content.hash)) return verifyMode(file, at) ?? [];
    const what = existsSync(file) ? "its content is another" : "it is missing";
    const isRepaired = options.findContent !== undefined && restore(paths, file, { content, options });
    return [{ path: `${path}/${content.path}`, what, isRepaired }];
  });
  const expected = new Set(["manifest.json", ...[...contents, ...links].map((each) => each.path)]);
  const extra = listFiles(folder).filter((file) => !expected.has(file));
  return [
    ...lost,
    ...wrong,
    ...extra.map((file) => {
      if (options.findContent !== undefined) rmSync(`${folder}/${file}`, { force: true });
      return {
        path: `${path}/${file}`,
        what: "it does not belong there",
        isRepaired: options.findContent !== undefined,
      };
    }),
  ];
}

/** What it leads to can be made again by a build alone. */
function verifyLink(
  paths: StorePaths,
  name: string,
  { link, options }: { readonly link: GenerationLink; readonly options: VerifyOptions },
): Damage[] {
  const file = `${paths.generation(name)}/${link.path}`;
  const path = `generations/${name}/${link.path}`;
  const isRight = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() && readlinkSync(file) === linkText(link);
  if (isRight !== true && options.findContent !== undefined) {
    rmSync(file, { recursive: true, force: true });
    mkdirSync(dirname(file), { recursive: true });
    symlinkSync(linkText(link), file);
  }
  return [
    ...(isRight === true ? [] : [{ path, what: "it leads elsewhere", isRepaired: options.findContent !== undefined }]),
    ...(existsSync(join(paths.root, link.leadsTo))
      ? []
      : [{ path: link.leadsTo, what: "it is missing", isRepaired: false }]),
  ];
}

function restore(
  paths: StorePaths,
  file: string,
  { content, options }: { content: GenerationContent; options: VerifyOptions },
): boolean {
  const object = paths.object(content.hash, content.isExecutable);
  if (!existsSync(object)) {
    const found = options.findContent?.(content.hash);
    if (found === undefined) return false;
    const mode = (content.isExecutable ? 0o555 : 0o444) & (content.isPrivate ? 0o700 : 0o777);
    writeObject(object, { hash: content.hash, mode, content: found });
  }
  rmSync(file, { recursive: true, force: true });
  mkdirSync(dirname(file), { recursive: true });
  const part = join(dirname(file), unfinishedName());
  linkObject(object, part);
  renameSync(part, file);
  return true;
}

function listFiles(folder: string, prefix = ""): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? listFiles(folder, `${prefix}${entry.name}/`) : [prefix + entry.name],
  );
}
