import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, linkSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { openApt } from "@firn/apt";
import { SigningKey } from "@firn/apt/testing";
import { fetchContents } from "@firn/download";
import type { ClosureMember, LockedSource, PackageAnswer } from "@firn/package-manager";
import { openStore, type Store } from "@firn/store";

/** Where lists and packages of Debian are kept from one run to the next. */
const cache = join(homedir(), ".cache/firn/test-packages");

/** Debian's own archives, and who signs them. */
const archives = {
  debian: {
    address: "http://deb.debian.org/debian",
    suite: "bookworm",
    key: "B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8",
  },
  security: {
    address: "http://deb.debian.org/debian-security",
    suite: "bookworm-security",
    key: "05AB90340C0C5E797F44A8C8254CF3B5AEC0A8F0",
  },
};

/** An archive of packages of Debian, in two states: as its release has them, and with all security updates since. */
export class RealArchive {
  readonly folder: string;
  readonly key: SigningKey = new SigningKey("real");
  readonly #states: { readonly old: readonly ClosureMember[]; readonly new: readonly ClosureMember[] };
  readonly #store: Store;

  private constructor(
    folder: string,
    states: { old: readonly ClosureMember[]; new: readonly ClosureMember[] },
    store: Store,
  ) {
    this.folder = folder;
    this.#states = states;
    this.#store = store;
    mkdirSync(folder, { recursive: true });
    writeFileSync(this.keyring, this.key.renderKeyring());
  }

  /** Obtains packages with all that they need, unless they are kept from an earlier run. */
  static async make(folder: string, names: readonly string[]): Promise<RealArchive> {
    const apt = openApt({ cache: join(cache, "apt"), environment: process.env });
    const sources: LockedSource[] = [];
    for (const [name, { address, key, suite }] of Object.entries(archives)) {
      const parts = { suites: [suite], components: ["main"] };
      const source = { manager: "apt", address, mirrors: [], architectures: ["amd64"], keys: [key], parts };
      sources.push({ name, source, state: valueOf(await apt.readSource(source)), isOnRequest: false });
    }
    const closureOf = async (used: readonly LockedSource[]): Promise<readonly ClosureMember[]> => {
      const asked = names.map((name) => ({ name }));
      return valueOf(await apt.resolve({ sources: used, architecture: "amd64", asked, excluded: [] }));
    };
    const states = { old: await closureOf(sources.slice(0, 1)), new: await closureOf(sources) };
    const store = openStore(join(cache, "store"));
    const wanted = [...states.old, ...states.new].map((member) => {
      const { source, state } = sources.find(({ name }) => name === member.source) ?? fail(member.source);
      return { ...member, addresses: apt.addressesOf(member, source, state) };
    });
    await fetchContents({ wanted, store });
    return new RealArchive(folder, states, store);
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
    const stanzas = this.#states[state].map(({ path, sha256, size }) => {
      const file = join(this.folder, "pool", basename(path));
      const content = this.#store.findContent(sha256) ?? fail(path);
      mkdirSync(dirname(file), { recursive: true });
      link(content, file);
      const control = execFileSync("dpkg-deb", ["--field", content], { encoding: "utf8" }).trimEnd();
      return `${control}\nFilename: pool/${basename(path)}\nSize: ${size}\nSHA256: ${sha256}\n`;
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
