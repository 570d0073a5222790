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
 * The code of some hosts and of all that they import, as one text.
 *
 * The text is that of an object with the chunks: a function by file name for
 * each host, and for each set of modules that the same hosts share. So a host
 * that throws harms no other, and a module that two hosts import is one object.
 * A chunk is called with `exports`, `require` and `module`, in strict mode; from
 * around it comes `$firnMeta`, which gives what stands for `import.meta`.
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

/** Makes the text of a bundle from its chunks. */
export function joinChunks(chunks: readonly { fileName: string; code: string }[]): { code: string; lines: number[] } {
  const lines: number[] = [];
  let code = "{\n";
  let line = 1;
  for (const chunk of chunks) {
    lines.push(line + 1);
    const text = `${JSON.stringify(chunk.fileName)}(exports, require, module) {\n${chunk.code}\n},\n`;
    code += text;
    line += text.split("\n").length - 1;
  }
  return { code: `${code}}`, lines };
}
