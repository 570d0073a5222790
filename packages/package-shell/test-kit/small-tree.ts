import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildTree, type TreePackage } from "@firn/package-tree";

/** Programs of this machine that each small tree has. */
const programs = ["/usr/bin/dash", "/usr/bin/perl", "/usr/bin/id", "/usr/bin/readlink", "/usr/bin/env", "/usr/bin/ls"];

/** A folder with a tree that is made at once: of programs of this machine, with the libraries that they need. */
export class SmallTree {
  readonly folder: string = mkdtempSync(join(tmpdir(), "firn-shell-"));

  /**
   * Builds one that also has programs for sh, text by name, which are those of the package "own".
   *
   * @param data paths of files that are empty
   */
  async build(own: Readonly<Record<string, string>> = {}, data: readonly string[] = []): Promise<string> {
    chmodSync(this.folder, 0o755);
    const copied = programs.flatMap((path) => [path, ...librariesOf(path)]);
    const base = Object.fromEntries(copied.map((path) => [path, readFileSync(path)] as const));
    const texts = Object.entries(own).map(([name, text]) => [`/usr/bin/${name}`, `#!/bin/sh\n${text}\n`] as const);
    const empty = data.map((path) => [path, ""] as const);
    const packages = [this.#make("base", base), this.#make("own", Object.fromEntries([...texts, ...empty]))];
    return buildTree({ packages, folder: join(this.folder, "kept") });
  }

  #make(name: string, files: Readonly<Record<string, string | Buffer>>): TreePackage {
    const content = mkdtempSync(join(this.folder, "content-"));
    chmodSync(content, 0o755);
    const control = { Package: name, Version: "1", Architecture: "all", Maintainer: "T <t@example.org>" };
    const lines = Object.entries({ ...control, Description: "small" }).map(([field, value]) => `${field}: ${value}\n`);
    for (const [path, text] of Object.entries({ "DEBIAN/control": lines.join(""), ...files })) {
      mkdirSync(dirname(join(content, path)), { recursive: true });
      writeFileSync(join(content, path), text);
      chmodSync(join(content, path), 0o755);
    }
    const made = join(content, "made.deb");
    execFileSync("dpkg-deb", ["--root-owner-group", "-Znone", "-b", content, made], { stdio: "pipe" });
    const sha256 = createHash("sha256").update(readFileSync(made)).digest("hex");
    const file = join(this.folder, `${sha256}.deb`);
    copyFileSync(made, file);
    rmSync(content, { recursive: true });
    return { name, version: "1", architecture: "all", sha256, file };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Lists what a program of this machine has to have loaded, the loader included. */
function librariesOf(program: string): string[] {
  const text = execFileSync("ldd", [program], { encoding: "utf8" });
  return [...text.matchAll(/(\/\S+) \(0x/g)].map(([, path = ""]) => path);
}
