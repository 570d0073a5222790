import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";
import type { TreeRequest } from "@firn/resolve";
import { onTestFinished } from "vitest";
import { type GitFetcher, type GitOptions, openGit } from "./index.ts";

export { startGitDaemon } from "../transports/git-daemon.ts";

/** An entry of a tree, as it is written: nothing about it is checked. */
export type RawEntry = readonly [mode: string, name: string | Buffer, id: string];

/** Makes a folder that is gone after the test. */
export function makeScratch(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "firn-git-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens the cache below a folder. The user's configuration of git is that in the folder "home", if any. */
export function openScratchGit(folder: string, options: Partial<GitOptions> = {}): GitFetcher {
  const home = join(folder, "home");
  mkdirSync(home, { recursive: true });
  return openGit({
    cacheDirectory: join(folder, "cache"),
    environment: { PATH: process.env["PATH"], HOME: home },
    ...options,
  });
}

/** Hashes a folder as nix does; undefined where there is no nix. */
export function hashWithNix(folder: string): string | undefined {
  if (!existsSync("/usr/bin/nix-hash")) return undefined;
  const hash = execFileSync("nix-hash", ["--type", "sha256", folder], { encoding: "utf8" }).trim();
  return `sha256-${Buffer.from(hash, "hex").toString("base64")}`;
}

/** A bare repository whose objects are written byte by byte, so that they can be what git would never write. */
export class RawRepository {
  readonly folder: string;
  readonly #format: "sha1" | "sha256";

  constructor(folder: string, format: "sha1" | "sha256" = "sha1") {
    this.folder = folder;
    this.#format = format;
    for (const name of ["objects", "refs/heads", "refs/tags"]) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, "HEAD"), "ref: refs/heads/main\n");
    const extension = format === "sha1" ? "" : "[extensions]\n\tobjectFormat = sha256\n";
    const version = format === "sha1" ? 0 : 1;
    const config = `[core]\n\trepositoryFormatVersion = ${version}\n\tbare = true\n${extension}`;
    writeFileSync(join(folder, "config"), `${config}[uploadpack]\n\tallowFilter = true\n`);
  }

  get url(): string {
    return `file://${this.folder}`;
  }

  /** Writes an object. */
  object(type: string, content: Buffer): string {
    const whole = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
    const id = createHash(this.#format).update(whole).digest("hex");
    const path = this.objectPath(id);
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path)) writeFileSync(path, deflateSync(whole, { level: 1 }));
    return id;
  }

  /** Says where an object is. */
  objectPath(id: string): string {
    return join(this.folder, "objects", id.slice(0, 2), id.slice(2));
  }

  /** Writes a file. */
  blob(content: string | Buffer): string {
    return this.object("blob", Buffer.from(content));
  }

  /** Writes a tree, its entries in the order given. */
  tree(entries: readonly RawEntry[]): string {
    const parts = entries.flatMap(([mode, name, id]) => [
      Buffer.from(`${mode} `),
      Buffer.from(name),
      Buffer.from([0]),
      Buffer.from(id, "hex"),
    ]);
    return this.object("tree", Buffer.concat(parts));
  }

  /** Writes a tree of plain files, sorted, and a commit of it on the main branch. */
  commitFiles(files: Readonly<Record<string, string>>): string {
    const names = Object.keys(files).toSorted();
    return this.commit(this.tree(names.map((name) => ["100644", name, this.blob(files[name] ?? "")] as const)));
  }

  /** Writes a commit and makes it the main branch. */
  commit(tree: string, { parent, subject = "Change" }: { parent?: string; subject?: string } = {}): string {
    const who = "A U Thor <author@example.org> 1600000000 +0000";
    const parents = parent === undefined ? "" : `parent ${parent}\n`;
    const text = `tree ${tree}\n${parents}author ${who}\ncommitter ${who}\n\n${subject}\n`;
    const id = this.object("commit", Buffer.from(text));
    this.ref("refs/heads/main", id);
    return id;
  }

  /** Writes an annotated tag. Gives its object. */
  tag(name: string, commit: string): string {
    const text = `object ${commit}\ntype commit\ntag ${name}\ntagger A U Thor <author@example.org> 1600000000 +0000\n\nTag\n`;
    const id = this.object("tag", Buffer.from(text));
    this.ref(`refs/tags/${name}`, id);
    return id;
  }

  /** Sets a ref. */
  ref(name: string, id: string): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), `${id}\n`);
  }

  /** Asks for the whole of a commit. */
  request(commit: string, other: Partial<TreeRequest> = {}): TreeRequest {
    return { source: { git: this.url, mirrors: [] }, commit, dir: "", submodules: false, ...other };
  }
}

/** Puts a git before the real one that notes its arguments and then is the real one. Gives the PATH and the notes. */
export function recordGit(folder: string): { readonly path: string; readonly notes: string } {
  const notes = join(folder, "git-calls");
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  writeFileSync(join(bin, "git"), `#!/bin/sh\necho "$@" >> '${notes}'\nexec '${real}' "$@"\n`);
  chmodSync(join(bin, "git"), 0o755);
  return { path: `${bin}:${process.env["PATH"] ?? ""}`, notes };
}
