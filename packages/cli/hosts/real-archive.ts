import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { openApt } from "@firn/apt";
import { SigningKey } from "@firn/apt/testing";
import { fetchContents } from "@firn/download";
import type { ClosureMember, LockedSource, PackageAnswer } from "@firn/package-manager";
import { openStore } from "@firn/store";
import { makeNewerPackage } from "./newer-package.ts";

/** Where lists and packages of Debian are kept from one run to the next. */
const cache = join(homedir(), ".cache/firn/test-packages");

/** One of Debian's own archives, and who signs it. */
interface DebianArchive {
  readonly address: string;
  readonly suite: string;
  readonly key: string;
}

/** The release that test machines have, as it came out, and its security updates. */
export const thisRelease: readonly DebianArchive[] = [
  {
    address: "http://deb.debian.org/debian",
    suite: "bookworm",
    key: "B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8",
  },
  {
    address: "http://deb.debian.org/debian-security",
    suite: "bookworm-security",
    key: "05AB90340C0C5E797F44A8C8254CF3B5AEC0A8F0",
  },
];

/** The release after it. */
export const nextRelease: readonly DebianArchive[] = [
  {
    address: "http://deb.debian.org/debian",
    suite: "trixie",
    key: "04B54C3CDCA79751B16BC6B5225629DF75B188BD",
  },
];

/** What a real archive is made of. */
export interface RealArchiveParts {
  readonly names: readonly string[];
  /** Which of them has moved in any case; nothing may need exactly its version. */
  readonly moved: string;
  /** The first alone is the old state, all are the new one. @default that of test machines */
  readonly release?: readonly DebianArchive[];
  /** Whether there is what every tree has, too. @default false */
  readonly isForTrees?: boolean;
}

/** A package of a state; its content is the path of its file. */
interface RealPackage {
  readonly name: string;
  readonly version: string;
  /** Name of its file in the archive. */
  readonly file: string;
  readonly content: string;
}

type States = Readonly<Record<"old" | "new", readonly RealPackage[]>>;

/**
 * An archive of packages of Debian, in two states: as its release has them, and
 * with all security updates since. One package has moved in any case, since right
 * after a new point release there are no such updates.
 */
export class RealArchive {
  readonly folder: string;
  readonly key: SigningKey = new SigningKey("real");
  readonly #states: States;

  private constructor(folder: string, states: States) {
    this.folder = folder;
    this.#states = states;
    mkdirSync(folder, { recursive: true });
    writeFileSync(this.keyring, this.key.renderKeyring());
  }

  /** Obtains packages with all that they need, unless they are kept from an earlier run. */
  static async make(
    folder: string,
    { isForTrees = false, moved, names, release = thisRelease }: RealArchiveParts,
  ): Promise<RealArchive> {
    const apt = openApt({ cache: join(cache, "apt"), environment: process.env });
    const sources: LockedSource[] = [];
    for (const { address, key, suite } of release) {
      const parts = { suites: [suite], components: ["main"] };
      const source = { manager: "apt", address, mirrors: [], architectures: ["amd64"], keys: [key], parts };
      sources.push({ name: suite, source, state: valueOf(await apt.readSource(source)), isOnRequest: false });
    }
    const closureOf = async (used: readonly LockedSource[]): Promise<readonly ClosureMember[]> => {
      const asked = [...(isForTrees ? apt.base : []), ...names].map((name) => ({ name }));
      return valueOf(await apt.resolve({ sources: used, architecture: "amd64", asked, excluded: [] }));
    };
    const states = { old: await closureOf(sources.slice(0, 1)), new: await closureOf(sources) };
    const store = openStore(join(cache, "store"));
    const wanted = [...states.old, ...states.new].map((member) => {
      const { source, state } = sources.find(({ name }) => name === member.source) ?? fail(member.source);
      return { ...member, addresses: apt.addressesOf(member, source, state) };
    });
    await fetchContents({ wanted, store });
    const toPackage = ({ name, path, sha256, version }: ClosureMember): RealPackage => {
      return { name, version, file: basename(path), content: store.findContent(sha256) ?? fail(path) };
    };
    const move = (each: RealPackage): RealPackage => {
      const file = each.file.replace(/(_\w+\.deb)$/, "+firn1$1");
      return { ...each, file, ...makeNewerPackage(each, join(folder, "pool", file)) };
    };
    return new RealArchive(folder, {
      old: states.old.map(toPackage),
      new: states.new.map(toPackage).map((each) => (each.name === moved ? move(each) : each)),
    });
  }

  /** File that has the key. */
  get keyring(): string {
    return join(this.folder, "keyring.gpg");
  }

  /** Names and versions of a state, sorted: "git 1:2.39". */
  list(state: "old" | "new"): string[] {
    return this.#states[state].map(({ name, version }) => `${name} ${version}`).toSorted();
  }

  /** Makes a state that of the archive. */
  publish(state: "old" | "new"): this {
    const stanzas = this.#states[state].map(({ content, file }) => {
      mkdirSync(join(this.folder, "pool"), { recursive: true });
      link(content, join(this.folder, "pool", file));
      const control = execFileSync("dpkg-deb", ["--field", content], { encoding: "utf8" }).trimEnd();
      const bytes = readFileSync(content);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      return `${control}\nFilename: pool/${file}\nSize: ${bytes.length}\nSHA256: ${sha256}\n`;
    });
    const list = "main/binary-amd64/Packages";
    const text = stanzas.join("\n");
    const day = state === "old" ? "01" : "02";
    const release = [
      "Suite: stable",
      "Codename: stable",
      `Date: ${new Date(`2026-11-${day}T00:00:00Z`).toUTCString()}`,
      "Architectures: amd64",
      "Components: main",
      "SHA256:",
      ` ${createHash("sha256").update(text).digest("hex")} ${Buffer.byteLength(text)} ${list}`,
      "",
    ].join("\n");
    const suite = join(this.folder, "dists/stable");
    mkdirSync(join(suite, dirname(list)), { recursive: true });
    writeFileSync(join(suite, list), text);
    writeFileSync(join(suite, "InRelease"), this.key.clearSign(release));
    return this;
  }
}

/** Both may be on different file systems. */
function link(content: string, file: string): void {
  if (existsSync(file)) return;
  try {
    linkSync(content, file);
  } catch {
    copyFileSync(content, file);
  }
}

function valueOf<Value>({ problems, value }: PackageAnswer<Value>): Value {
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value;
}

function fail(what: string): never {
  throw new Error(`there is no ${what}`);
}
