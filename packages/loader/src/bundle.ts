import { guardedNames } from "./impure-global.ts";
import type { Input } from "./input-file.ts";

/** Source map of one chunk, and the line of the bundle that its first line stands on, from 0. */
export interface ChunkMap {
  readonly line: number;
  readonly map: {
    readonly version: number;
    readonly sources: readonly string[];
    readonly names: readonly string[];
    readonly mappings: string;
  };
}

/**
 * The code of some hosts and of all that they import, as one script.
 *
 * The script's value is a function of the names in `bundleParameters`; it
 * returns the chunks: a function by file name for each host, and for each set of
 * modules that the same hosts share. So a host that throws harms no other, and
 * a module that two hosts import is one object.
 */
export interface Bundle {
  readonly code: string;
  /** For each host, the chunk that exports it. */
  readonly chunks: Readonly<Record<string, string>>;
  readonly inputs: readonly Input[];
  /** Whether the inputs are surely what the code was made of: false when some changed meanwhile. */
  readonly isSettled: boolean;
  /** Gives the source maps as JSON text of `ChunkMap[]`; asked for only to show a position. */
  maps(): string;
}

/** Names that the code of a bundle is given from outside. */
export const bundleParameters: readonly string[] = ["$firnMeta", ...guardedNames];

/** Makes the text of a bundle's script from its chunks. */
export function joinChunks(chunks: readonly { fileName: string; code: string }[]): { code: string; lines: number[] } {
  const lines: number[] = [];
  let code = `(function (${bundleParameters.join(", ")}) {"use strict"; return {\n`;
  let line = 1;
  for (const chunk of chunks) {
    lines.push(line + 1);
    const text = `${JSON.stringify(chunk.fileName)}(exports, require, module) {\n${chunk.code}\n},\n`;
    code += text;
    line += text.split("\n").length - 1;
  }
  return { code: `${code}};})`, lines };
}
