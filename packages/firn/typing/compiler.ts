import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Finds the compiler itself, below the program in JavaScript that would only start it. */
export function findCompiler(): string {
  const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
  const platform = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
  const name = process.platform === "win32" ? "tsc.exe" : "tsc";
  return join(dirname(createRequire(manifest).resolve(platform)), "lib", name);
}

/** An error as the compiler prints it. */
export interface CompilerError {
  /** Path from the folder that was compiled. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly code: string;
  /** The first line, which says what is wrong. */
  readonly message: string;
  /** The lines below it, which say why, indented. */
  readonly detail: readonly string[];
}

const firstLine = /^(?<file>.+?)\((?<line>\d+),(?<column>\d+)\): error (?<code>TS\d+): (?<message>.*)$/;

/** Compiles the project in a folder, and gives its errors in their order. */
export function compile(folder: string): CompilerError[] {
  const { stdout, error } = spawnSync(findCompiler(), ["--project", ".", "--pretty", "false"], {
    cwd: folder,
    encoding: "utf8",
  });
  if (error !== undefined) throw error;
  return parseErrors(stdout);
}

/** Parses what the compiler prints. */
export function parseErrors(output: string): CompilerError[] {
  const errors: (CompilerError & { detail: string[] })[] = [];
  for (const line of output.split("\n")) {
    const { file, code, message, ...at } = firstLine.exec(line)?.groups ?? {};
    if (file !== undefined && code !== undefined && message !== undefined) {
      errors.push({ file, line: Number(at.line), column: Number(at.column), code, message, detail: [] });
    } else if (line.startsWith(" ")) errors.at(-1)?.detail.push(line);
    else if (line !== "") throw new Error(`Cannot read what the compiler says: ${line}`);
  }
  return errors;
}
