import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildTree, type TreePackage } from "@firn/package-tree";

/** What a tiny package is made of. */
export interface TinyPackage {
  readonly name: string;
  /** @default "1" */
  readonly version?: string;
  /** Names of packages whose files it may take over. */
  readonly replaces?: string;
  /** Other fields of its description. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Texts by path; "-> TARGET" makes a link. Those in a bin folder can be run. */
  readonly files?: Readonly<Record<string, string>>;
  /** Modes of some of them. */
  readonly modes?: Readonly<Record<string, number>>;
  /** Body of the script that configures it. */
  readonly postinst?: string;
}

/** A folder with files of packages, and with trees made of them. */
export class TemporaryTrees {
  readonly folder: string = mkdtempSync(join(tmpdir(), "firn-trees-"));

  /** Where trees are kept. */
  get trees(): string {
    return join(this.folder, "kept");
  }

  /** Makes the file of a package. */
  make(tiny: TinyPackage): TreePackage {
    const { name, version = "1" } = tiny;
    const content = mkdtempSync(join(this.folder, "content-"));
    chmodSync(content, 0o755);
    writeContent(content, tiny);
    const made = join(content, "made.deb");
    execFileSync("dpkg-deb", ["--root-owner-group", "-Znone", "-b", content, made], {
      env: { ...process.env, SOURCE_DATE_EPOCH: "1" },
      stdio: "pipe",
    });
    const bytes = readFileSync(made);
    rmSync(content, { recursive: true });
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const file = join(this.folder, `${sha256}.deb`);
    writeFileSync(file, bytes);
    return { name, version, architecture: "all", sha256, file };
  }

  /** Builds the tree of packages that are made for it. */
  build(...packages: readonly TinyPackage[]): Promise<string> {
    return buildTree({ packages: packages.map((tiny) => this.make(tiny)), folder: this.trees });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function writeContent(
  content: string,
  { fields = {}, files = {}, modes = {}, name, postinst, ...tiny }: TinyPackage,
): void {
  const { replaces, version = "1" } = tiny;
  const first = { Package: name, Version: version, Architecture: "all", Maintainer: "T <t@example.org>" };
  const control = { ...first, ...fields, ...(replaces !== undefined && { Replaces: replaces }), Description: "tiny" };
  const lines = Object.entries(control).map(([field, value]) => `${field}: ${value}\n`);
  write(join(content, "DEBIAN/control"), lines.join(""));
  if (postinst !== undefined) write(join(content, "DEBIAN/postinst"), `#!/bin/sh\nset -e\n${postinst}\n`, 0o755);
  for (const [path, text] of Object.entries(files))
    write(join(content, path), text, modes[path] ?? (/\bs?bin\//.test(path) ? 0o755 : 0o644));
}

function write(at: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(at), { recursive: true, mode: 0o755 });
  if (text.startsWith("-> ")) symlinkSync(text.slice(3), at);
  else {
    writeFileSync(at, text);
    chmodSync(at, mode);
  }
}
