import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { PackageSource } from "@firn/package-manager";
import { ArchiveServer } from "./archive-server.ts";
import { SigningKey } from "./signing-key.ts";
import { buildTestPackage, renderControl, type TestPackage } from "./test-package.ts";

/** What a publication says of itself. */
export interface Publication {
  /** @default "stable" */
  readonly suite?: string;
  /** @default the suite */
  readonly codename?: string;
  /** @default ["main"] */
  readonly components?: readonly string[];
  /** @default ["amd64", "arm64"] */
  readonly architectures?: readonly string[];
  /** When it is published, as `new Date` reads it. @default midnight of 2026-11-01 in UTC */
  readonly date?: string;
  /** Until when it counts. @default for ever */
  readonly validUntil?: string;
  /** @default "Test" */
  readonly origin?: string;
  /** @default "Test" */
  readonly label?: string;
  /** Whether packages come from it only where that is asked for, as from Debian's backports. */
  readonly isNotAutomatic?: boolean;
  /** Form in which lists are there beside the plain one. @default "gz" */
  readonly form?: "gz" | "xz";
  /** Whether lists can be asked for by their hash, too. @default true */
  readonly isByHash?: boolean;
  /** Lists to publish instead of what was added, by architecture. */
  readonly texts?: Readonly<Record<string, string>>;
  /** More lines of the Release file: "Changelogs: no". */
  readonly lines?: readonly string[];
  /** Who signs. @default the archive's own key */
  readonly keys?: readonly SigningKey[];
}

/** A package that was added, and where its file is. */
interface ListedPackage {
  readonly wanted: TestPackage;
  /** Path below the address. */
  readonly path: string;
  readonly stanza: string;
}

/** Makes an archive as Debian's, of tiny packages, in a folder that is the test's own. */
export class TestArchive {
  /** Folder whose paths are those below the address. */
  readonly folder: string;
  readonly key: SigningKey;
  #listed: ListedPackage[] = [];

  /** @param keyName archives with equal names have the same key */
  constructor(folder: string, keyName = "archive") {
    this.folder = folder;
    this.key = new SigningKey(keyName);
    mkdirSync(folder, { recursive: true });
    writeFileSync(this.keyring, this.key.renderKeyring());
  }

  /** File that has the key. */
  get keyring(): string {
    return join(this.folder, "keyring.gpg");
  }

  /** Makes packages; publications that follow list them instead of those of the same name, architecture, suite and component. @returns the archive */
  add(...packages: readonly TestPackage[]): this {
    for (const wanted of packages) {
      const path = poolPath(wanted);
      const file = join(this.folder, path);
      buildTestPackage(wanted, file);
      const bytes = readFileSync(file);
      const stanza = [
        renderControl(wanted),
        `Filename: ${path}\n`,
        `Size: ${bytes.length}\n`,
        `SHA256: ${sha256(bytes)}\n`,
      ].join("");
      if (wanted.isBesides !== true) this.#listed = this.#listed.filter((other) => !isSame(other.wanted, wanted));
      this.#listed.push({ wanted, path, stanza });
    }
    return this;
  }

  /** Has publications that follow list no package of this name. @returns the archive */
  remove(name: string): this {
    this.#listed = this.#listed.filter(({ wanted }) => wanted.name !== name);
    return this;
  }

  /** Writes the lists of a suite as the archive is now, in place of those that are there. */
  publish(publication: Publication = {}): this {
    const {
      architectures = usualArchitectures,
      components = ["main"],
      form = "gz",
      suite = "stable",
      isByHash = true,
    } = publication;
    const lists = components.flatMap((component) => architectures.map((architecture) => ({ component, architecture })));
    const entries = lists.flatMap(({ architecture, component }) => {
      const folder = `${component}/binary-${architecture}`;
      const text = publication.texts?.[architecture] ?? this.renderPackages({ suite, component, architecture });
      return [
        { path: `${folder}/Packages`, bytes: Buffer.from(text) },
        { path: `${folder}/Packages.${form}`, bytes: form === "gz" ? gzipSync(text) : compressXz(text) },
      ];
    });
    for (const { bytes, path } of entries) {
      const file = join(this.folder, "dists", suite, path);
      writeBytes(file, bytes);
      if (isByHash) writeBytes(join(dirname(file), "by-hash/SHA256", sha256(bytes)), bytes);
    }
    this.#writeRelease(
      publication,
      entries.map(({ bytes, path }) => ` ${sha256(bytes)} ${bytes.length} ${path}`),
    );
    return this;
  }

  /** Renders the list of packages that a publication would have. */
  renderPackages(list: { readonly suite: string; readonly component: string; readonly architecture: string }): string {
    const { architecture, component, suite } = list;
    const stanzas = this.#listed.flatMap(({ stanza, wanted }) => {
      const isOfSuite = wanted.suite === undefined || wanted.suite === suite;
      const runsThere = ["all", architecture].includes(wanted.architecture ?? "all");
      return isOfSuite && runsThere && (wanted.component ?? "main") === component ? [`${stanza}\n`] : [];
    });
    return stanzas.toSorted().join("");
  }

  /** Removes the files of packages that are not listed any more, as archives do after a while. */
  dropOldFiles(): void {
    const kept = this.#listed.map(({ path }) => ({ path, bytes: readFileSync(join(this.folder, path)) }));
    rmSync(join(this.folder, "pool"), { recursive: true, force: true });
    for (const { bytes, path } of kept) writeBytes(join(this.folder, path), bytes);
  }

  /** Removes all lists, those that are known by their hash too. */
  dropLists(): void {
    rmSync(join(this.folder, "dists"), { recursive: true, force: true });
  }

  /** Serves the archive on loopback, until `stop` of what it gives. */
  serve(): Promise<ArchiveServer> {
    return ArchiveServer.start(this.folder);
  }

  /** Describes the archive as a flake would; by itself its suite is "stable" for amd64, and its address a file's. */
  describeSource(differences: Partial<PackageSource> = {}): PackageSource {
    return {
      manager: "apt",
      address: `file://${this.folder}`,
      mirrors: [],
      architectures: ["amd64"],
      keys: [this.key.fingerprint],
      keyring: this.keyring,
      parts: { suites: ["stable"], components: ["main"] },
      ...differences,
    };
  }

  #writeRelease(publication: Publication, entries: readonly string[]): void {
    const { date = "2026-11-01T00:00:00Z", keys = [this.key], suite = "stable" } = publication;
    const { architectures = usualArchitectures, components = ["main"], lines = [] } = publication;
    const text = [
      `Origin: ${publication.origin ?? "Test"}`,
      `Label: ${publication.label ?? "Test"}`,
      `Suite: ${suite}`,
      `Codename: ${publication.codename ?? suite}`,
      `Date: ${new Date(date).toUTCString()}`,
      ...(publication.validUntil === undefined
        ? []
        : [`Valid-Until: ${new Date(publication.validUntil).toUTCString()}`]),
      ...(publication.isByHash === false ? [] : ["Acquire-By-Hash: yes"]),
      ...(publication.isNotAutomatic === true ? ["NotAutomatic: yes", "ButAutomaticUpgrades: yes"] : []),
      `Architectures: ${architectures.join(" ")}`,
      `Components: ${components.join(" ")}`,
      ...lines,
      "SHA256:",
      ...entries,
      "",
    ].join("\n");
    const [first = this.key, ...others] = keys;
    writeBytes(join(this.folder, "dists", suite, "Release"), Buffer.from(text));
    writeBytes(join(this.folder, "dists", suite, "InRelease"), Buffer.from(first.clearSign(text, others)));
  }
}

const usualArchitectures = ["amd64", "arm64"];

function poolPath({ architecture = "all", component = "main", name, version }: TestPackage): string {
  // Names of files have no epoch, as in Debian's archive.
  return `pool/${component}/${name[0]}/${name}/${name}_${version.replace(/^\d+:/, "")}_${architecture}.deb`;
}

function compressXz(text: string): Buffer {
  return execFileSync("xz", ["-c"], { input: text });
}

function isSame(one: TestPackage, other: TestPackage): boolean {
  return (
    one.name === other.name &&
    (one.architecture ?? "all") === (other.architecture ?? "all") &&
    one.suite === other.suite &&
    (one.component ?? "main") === (other.component ?? "main")
  );
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function writeBytes(file: string, bytes: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}
