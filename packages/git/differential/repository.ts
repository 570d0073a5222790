import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";
import type { RemoteRefs, RemoteTag } from "@firn/input";

/** Texts of files by path; folders are at most one level deep. */
export type Files = Readonly<Record<string, string>>;

interface Entry {
  readonly name: string;
  readonly mode: string;
  readonly id: string;
}

/**
 * A repository with a working tree, written object by object: thousands of
 * commits cost no process. Real git reads it.
 */
export class Repository {
  readonly folder: string;
  readonly #branches = new Map<string, string>();
  readonly #tags = new Map<string, RemoteTag>();
  readonly #commits = new Map<string, Files>();
  #clock = 1_600_000_000;

  constructor(folder: string) {
    this.folder = folder;
    this.#write("HEAD", "ref: refs/heads/master\n");
    this.#write("config", "[core]\n\trepositoryformatversion = 0\n\tbare = false\n");
    for (const name of ["objects/info", "refs/heads", "refs/tags"]) {
      mkdirSync(join(folder, ".git", name), { recursive: true });
    }
  }

  get url(): string {
    return `file://${this.folder}`;
  }

  get refs(): RemoteRefs {
    const head = this.#branches.get("master");
    return { ...(head !== undefined && { head }), branches: this.#branches, tags: this.#tags };
  }

  /** Lists the commits, oldest first. */
  get commits(): readonly string[] {
    return [...this.#commits.keys()];
  }

  /** Gives the files of a commit; undefined when there is no such commit. */
  filesOf(commit: string): Files | undefined {
    return this.#commits.get(commit);
  }

  /** Commits files, and nothing else, on a branch. Gives the commit. */
  commit(branch: string, files: Files): string {
    const parent = this.#branches.get(branch);
    const tree = this.#writeTree(files);
    const who = `A U Thor <author@example.org> ${this.#clock++} +0000`;
    const lines = [`tree ${tree}`, ...(parent === undefined ? [] : [`parent ${parent}`]), `author ${who}`];
    const id = this.#writeObject("commit", Buffer.from(`${lines.join("\n")}\ncommitter ${who}\n\nChange\n`));
    this.#commits.set(id, files);
    this.moveBranch(branch, id);
    return id;
  }

  moveBranch(branch: string, commit: string): void {
    this.#branches.set(branch, commit);
    this.#write(`refs/heads/${branch}`, `${commit}\n`);
    if (branch === "master") this.#checkOut(this.#commits.get(commit) ?? {});
  }

  /** Makes or moves a tag without an object of its own. */
  tag(name: string, commit: string): void {
    this.#tags.set(name, { commit });
    this.#write(`refs/tags/${name}`, `${commit}\n`);
  }

  /** Makes or moves a tag with an object of its own. Gives the object's id. */
  annotate(name: string, commit: string): string {
    const text = `object ${commit}\ntype commit\ntag ${name}\ntagger T Agger <t@example.org> ${this.#clock++} +0000\n\nTag\n`;
    const tagObject = this.#writeObject("tag", Buffer.from(text));
    this.#tags.set(name, { commit, tagObject });
    this.#write(`refs/tags/${name}`, `${tagObject}\n`);
    return tagObject;
  }

  #write(path: string, content: string | Buffer): void {
    const file = join(this.folder, ".git", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  #writeObject(type: string, content: Buffer): string {
    const whole = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
    const id = createHash("sha1").update(whole).digest("hex");
    this.#write(`objects/${id.slice(0, 2)}/${id.slice(2)}`, deflateSync(whole, { level: 1 }));
    return id;
  }

  #writeTree(files: Files): string {
    const entries: Entry[] = [];
    const below = new Map<string, Record<string, string>>();
    for (const [path, text] of Object.entries(files)) {
      const [name = "", ...rest] = path.split("/");
      if (rest.length > 0) below.set(name, { ...below.get(name), [rest.join("/")]: text });
      else entries.push({ name, mode: "100644", id: this.#writeObject("blob", Buffer.from(text)) });
    }
    for (const [name, inner] of below) entries.push({ name, mode: "40000", id: this.#writeTree(inner) });
    const sorted = entries.toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
    const parts = sorted.flatMap(({ name, mode, id }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(id, "hex")]);
    return this.#writeObject("tree", Buffer.concat(parts));
  }

  /** Nix takes a repository with changes for an input of its own kind; so the working tree is that of the commit. */
  #checkOut(files: Files): void {
    rmSync(join(this.folder, "sub"), { recursive: true, force: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
    this.#write("index", renderIndex(files));
  }
}

/** Git sorts folders as if their names ended with a slash. */
function sortKey({ name, mode }: Entry): string {
  return mode === "40000" ? `${name}/` : name;
}

/**
 * Writes an index whose entries are all "assumed unchanged", so that it needs no file's times.
 *
 * @see https://git-scm.com/docs/index-format
 */
function renderIndex(files: Files): Buffer {
  const paths = Object.keys(files).toSorted();
  const header = Buffer.alloc(12);
  header.write("DIRC");
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(paths.length, 8);
  const body = Buffer.concat([header, ...paths.map((path) => indexEntry(path, files[path] ?? ""))]);
  return Buffer.concat([body, createHash("sha1").update(body).digest()]);
}

function indexEntry(path: string, text: string): Buffer {
  const name = Buffer.from(path);
  const content = Buffer.from(text);
  // The name starts at 62; one to eight zero bytes follow it, up to a multiple of eight.
  const entry = Buffer.alloc((62 + name.length + 8) & ~7);
  entry.writeUInt32BE(0o100644, 24);
  entry.writeUInt32BE(content.length, 36);
  createHash("sha1").update(`blob ${content.length}\0`).update(content).digest().copy(entry, 40);
  entry.writeUInt16BE(0x8000 | name.length, 60);
  name.copy(entry, 62);
  return entry;
}
