import { join } from "node:path";

/** Where the things of a store are. */
export class StorePaths {
  readonly root: string;
  readonly objects: string;
  readonly generations: string;
  readonly origins: string;
  /** Contents on their way in. */
  readonly received: string;
  /** Further names of contents that are in use. */
  readonly held: string;

  constructor(root: string) {
    this.root = root;
    this.objects = join(root, "objects");
    this.generations = join(root, "generations");
    this.origins = join(root, "origins");
    this.received = join(root, "received");
    this.held = join(root, "held");
  }

  /** A content; the executable one is another file, since the mode is the file's. */
  object(hash: string, isExecutable: boolean): string {
    return `${this.objects}/${hash.slice(0, 2)}/${hash}${isExecutable ? "-x" : ""}`;
  }

  generation(name: string): string {
    return `${this.generations}/${name}`;
  }

  origin(name: string): string {
    return `${this.origins}/${name}.json`;
  }
}

/** Names of folders and files that are not ready yet; what a process that is gone left is swept. */
export const unfinished: RegExp = /^\.new-(\d+)-\d+$/;

let count = 0;

/** A name for what is not ready yet. */
export function unfinishedName(): string {
  count++;
  return `.new-${process.pid}-${count}`;
}
