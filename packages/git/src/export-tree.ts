import { chmodSync, closeSync, existsSync, fchmodSync, mkdirSync, openSync, symlinkSync, writeSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isLinkInside } from "./link-target.ts";
import type { FileSink, TreeVisitor } from "./read-tree.ts";
import { removeAbandoned, temporaryPath } from "./temporary-path.ts";
import type { FileNode } from "./tree-node.ts";

/** Dependencies that an input brings along are never used: the flake's own are linked instead. */
const leftOut = "node_modules";

/**
 * Writes an input to a folder that is not there before, and that appears whole
 * when `finish` is called. Links are made last, so that no file is ever written
 * through one, and only those that stay in the folder.
 */
export class TreeExport implements TreeVisitor {
  readonly #into: string;
  readonly #beside: string;
  readonly #links = new Map<string, string>();

  private constructor(into: string) {
    this.#into = into;
    this.#beside = temporaryPath(into);
  }

  /** Begins an export, and removes what one that was killed has left. */
  static async begin(into: string): Promise<TreeExport> {
    await mkdir(dirname(into), { recursive: true });
    await removeAbandoned(into);
    return new TreeExport(into);
  }

  /** Makes a folder. */
  directory(path: string): void {
    if (isLeftOut(path)) return;
    mkdirSync(join(this.#beside, path));
    // Modes are those of the input, whatever the mask of the process is.
    chmodSync(join(this.#beside, path), 0o755);
  }

  /** Makes a file. */
  file(path: string, { isExecutable }: FileNode): FileSink | undefined {
    if (isLeftOut(path)) return undefined;
    const file = openSync(join(this.#beside, path), "wx", 0o600);
    fchmodSync(file, isExecutable ? 0o755 : 0o644);
    return {
      write: (bytes) => {
        for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      },
      end: () => closeSync(file),
    };
  }

  /** Notes a link. */
  link(path: string, target: Buffer): void {
    if (!isLeftOut(path)) this.#links.set(path, target.toString());
  }

  /** Lists the links that leave the folder, each with its target. */
  escapingLinks(): readonly (readonly [path: string, target: string])[] {
    return [...this.#links].filter(([path]) => !isLinkInside(path, this.#links));
  }

  /** Gives the folder its name. Another process may have been faster; what is there then is left as it is. */
  async finish(): Promise<"written" | "exists"> {
    for (const [path, target] of this.#links) symlinkSync(target, join(this.#beside, path));
    if (existsSync(this.#into)) return "exists";
    return rename(this.#beside, this.#into).then(
      () => "written",
      (error: unknown) => {
        if (existsSync(this.#into)) return "exists";
        throw error;
      },
    );
  }

  /** Removes what was written, unless it has got its name. */
  async discard(): Promise<void> {
    await rm(this.#beside, { recursive: true, force: true });
  }
}

function isLeftOut(path: string): boolean {
  return path.split("/").includes(leftOut);
}
