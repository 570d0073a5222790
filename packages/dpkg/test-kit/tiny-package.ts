import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { dpkgTarget } from "@firn/dpkg";
import type { PackageToInstall } from "@firn/package-manager";

/** What a tiny package is made of. */
export interface TinyPackage {
  readonly name: string;
  readonly version: string;
  /** @default "all" */
  readonly architecture?: string;
  /** Other fields, such as Depends. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Texts by path; a target as `-> target` makes a link. */
  readonly files?: Readonly<Record<string, string>>;
  readonly conffiles?: readonly string[];
  /** Bodies of scripts by name: "postinst". */
  readonly scripts?: Readonly<Record<string, string>>;
}

/** Makes the file of a package in a folder, and gives what a change says of it. */
export function makeTinyPackage(folder: string, tiny: TinyPackage): PackageToInstall {
  const { architecture = "all", conffiles = [], fields = {}, files = {}, name, scripts = {}, version } = tiny;
  const tree = mkdtempSync(join(tmpdir(), "firn-tiny-"));
  try {
    const control = {
      Package: name,
      Version: version,
      Architecture: architecture,
      Maintainer: "T <t@example.org>",
      ...fields,
    };
    const lines = Object.entries({ ...control, Description: "tiny" }).map(([field, value]) => `${field}: ${value}\n`);
    chmodSync(tree, 0o755);
    write(join(tree, "DEBIAN/control"), lines.join(""));
    if (conffiles.length > 0) write(join(tree, "DEBIAN/conffiles"), `${conffiles.join("\n")}\n`);
    for (const [script, body] of Object.entries(scripts))
      write(join(tree, `DEBIAN/${script}`), `#!/bin/sh\nset -e\n${body}\n`, 0o755);
    for (const [path, text] of Object.entries(files)) write(join(tree, path), text);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, dpkgTarget.fileNameOf({ name, version, architecture }));
    execFileSync("dpkg-deb", ["--root-owner-group", "-Znone", "-b", tree, file], { stdio: "pipe" });
    return { name, version, architecture, sha256: "0".repeat(64), isAsked: true };
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

function write(at: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(at), { recursive: true, mode: 0o755 });
  if (text.startsWith("-> ")) symlinkSync(text.slice(3), at);
  else writeFileSync(at, text, { mode });
}
