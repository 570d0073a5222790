import type { Scope } from "@firn/plan";
import { quote } from "./shell-text.ts";

/** Name of the folder beside a path in which what comes there is made ready; the same in every directory. */
const staging = ".firn-new";

/** Writes paths the way the scripts name them. */
export class ScriptPaths {
  readonly #prefix: string;

  constructor({ root }: Scope) {
    this.#prefix = root === "/" ? "" : '"$R"';
  }

  /** A path on the machine. */
  at(path: string): string {
    return `${this.#prefix}${quote(path)}`;
  }

  /** The folder in which things for a directory are made ready. */
  stagingOf(directory: string): string {
    return this.at(join(directory, staging));
  }

  /** What is made ready for a path. */
  staged(path: string): string {
    return this.at(join(directoryOf(path), staging, nameOf(path)));
  }

  /** A file of the new generation. */
  source(source: string): string {
    return `"$G"/${quote(source)}`;
  }

  /** What is kept of the user's. */
  kept(id: string): string {
    return `"$S"/kept/${quote(id)}`;
  }
}

/** Directory of an absolute path. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}

/** Last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function join(...parts: readonly string[]): string {
  return parts.join("/").replace(/^\/+/, "/");
}
