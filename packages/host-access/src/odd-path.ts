import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PathState } from "@firn/plan";

/** What must be said of a path: a part of its state; owners are those of whoever runs the test. */
export type ExpectedState = Partial<PathState> & Pick<PathState, "kind">;

/** A kind of thing that a machine may contain. */
export interface OddPath {
  readonly title: string;
  /** Makes it in an empty folder that stands for a machine. */
  readonly make: (root: string) => void | Promise<void>;
  /** What must be said, by path. All these paths are asked, with their contents. */
  readonly expected: { readonly [path: string]: ExpectedState };
}

/** Expects nothing. */
export const absent: ExpectedState = { kind: "absent" };

/** Expects a file with that content. */
export function file(text: string | Uint8Array): ExpectedState {
  const content = createHash("sha256").update(text).digest("hex");
  return { kind: "file", content, size: Buffer.byteLength(text) };
}

/** Expects a directory. */
export function directory(isEmpty: boolean): ExpectedState {
  return { kind: "directory", isEmpty };
}

/** Expects a link with that text. */
export function link(target: string): ExpectedState {
  return { kind: "symlink", target };
}

/** Writes a file, and what leads to it. */
export function writeAt(root: string, path: string, text: string | Uint8Array = path): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Makes a link, and what leads to it. */
export function linkAt(root: string, path: string, target: string | Buffer): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  symlinkSync(target, join(root, path));
}
