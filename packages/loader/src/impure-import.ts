import { relative } from "node:path";
import type { Diagnostic, Mark } from "@firn/diagnostic";
import { placeAt } from "./text-position.ts";

// Evaluating a flake is pure: a stranger's module must not reach beyond the flake.
// What host code may import is decided here and in the source reader; that the
// process has no permission for the rest is the concern of who runs it.

/** The source file that imports something it may not. */
export interface ImportingFile {
  readonly file: string;
  readonly text: string;
}

const purity =
  "Evaluating a flake reads no file outside of it, opens no connection and starts no process, so that the same flake means the same machine";

/** Says that host code imports a module of Node.js. */
export function builtinImport(specifier: string, mark: Mark): Diagnostic {
  return impure({
    message: `Cannot import "${specifier}": host code may not use the modules of Node.js`,
    mark,
    fix: "Write the value down as the value of an option, or compute it with plain TypeScript",
  });
}

/** Says that host code imports a file that belongs neither to the flake nor to its inputs. */
export function outsideImport(path: string, from: ImportingFile, specifier: string | undefined): Diagnostic {
  const name = specifier ?? relative(from.file, path);
  return impure({
    message: `Cannot import "${name}": it does not belong to the flake`,
    mark: markImport(name, from),
    why: [`It stands in "${path}"`],
    fix: "Copy the code into a package of the flake, or make it an input",
  });
}

/** Says that host code imports an address instead of a package. */
export function urlImport(specifier: string, from: ImportingFile): Diagnostic {
  return impure({
    message: `Cannot import "${specifier}": it is an address, not a package of the flake`,
    mark: markImport(specifier, from),
    fix: "Copy the code into a package of the flake, or make it an input",
  });
}

/** Says that host code imports something while it runs. */
export function runTimeImport({ file, text }: ImportingFile, offset: number): Diagnostic {
  return impure({
    message: "Cannot import while evaluating: what host code is made of must be known before it runs",
    mark: { role: "imported here", place: placeAt(file, text, offset) },
    fix: 'Write an import statement at the top of the file: import name from "…"',
  });
}

function impure(parts: { message: string; mark: Mark; why?: readonly string[]; fix: string }): Diagnostic {
  const { message, mark, why = [], fix } = parts;
  return { code: "impure-import", severity: "error", message, marks: [mark], why: [...why, purity], fix };
}

function markImport(specifier: string, { file, text }: ImportingFile): Mark {
  const offset = ['"', "'"].map((quote) => text.indexOf(`${quote}${specifier}${quote}`)).find((found) => found >= 0);
  return { role: "imported here", place: placeAt(file, text, offset ?? 0) };
}
