import { join } from "node:path";
import type { Diagnostic, DiagnosticCode } from "@firn/diagnostic";
import { loadParser } from "./source-parser.ts";
import { findText, placeAt } from "./text-position.ts";

/** What the loader needs of a package.json. */
export interface PackageManifest {
  readonly packageName?: string;
  /** Absolute path of the file that `import "<package name>"` means. */
  readonly entry?: string;
}

/** A manifest, or what is wrong with it. */
export interface ReadManifest {
  readonly manifest?: PackageManifest;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the package.json of a folder.
 *
 * @returns a problem with the given code when the file is missing or is not a JSON object
 */
export async function readManifest(directory: string, code: DiagnosticCode): Promise<ReadManifest> {
  const file = join(directory, "package.json");
  const text = findText(file);
  if (text === undefined) return { diagnostics: [missing(directory, code)] };
  try {
    return { manifest: manifestOf(JSON.parse(text), directory), diagnostics: [] };
  } catch (error) {
    return { diagnostics: [await malformed({ file, text, error, code })] };
  }
}

function manifestOf(json: unknown, directory: string): PackageManifest {
  const { name, exports, main } = json as Readonly<Record<string, unknown>>; // Null throws, as a syntax error does.
  const entry = findEntry(exports) ?? (typeof main === "string" ? main : undefined);
  return {
    ...(typeof name === "string" && { packageName: name }),
    ...(entry !== undefined && { entry: join(directory, entry) }),
  };
}

/** The conditions that hold for host code, as the bundler is told them too. */
export const exportConditions: string[] = ["import", "node", "default"];

/**
 * Finds the file that the main export names.
 *
 * @see https://nodejs.org/docs/latest-v20.x/api/packages.html#conditional-exports
 */
function findEntry(exports: unknown): string | undefined {
  if (typeof exports === "string") return exports;
  if (typeof exports !== "object" || exports === null) return undefined;
  for (const [key, target] of Object.entries(exports)) {
    const entry = key === "." || exportConditions.includes(key) ? findEntry(target) : undefined;
    if (entry !== undefined) return entry;
  }
  return undefined;
}

function missing(directory: string, code: DiagnosticCode): Diagnostic {
  return {
    code,
    severity: "error",
    message: `Cannot load the package in "${directory}": it has no package.json that can be read`,
    marks: [],
    fix: `Write ${join(directory, "package.json")} with a name and "exports": { ".": "./src/index.ts" }`,
  };
}

interface Malformed {
  readonly file: string;
  readonly text: string;
  readonly error: unknown;
  readonly code: DiagnosticCode;
}

async function malformed({ file, text, error, code }: Malformed): Promise<Diagnostic> {
  const reason = error instanceof SyntaxError ? error.message : "It is not a JSON object";
  // V8 tells the offset in some of its messages; as an expression of JavaScript, most wrong JSON is wrong too.
  const parse = await loadParser();
  const offset = Number(
    /at position (\d+)/.exec(reason)?.[1] ?? (parse("package.js", `(${text})`).errorOffset ?? 1) - 1,
  );
  return {
    code,
    severity: "error",
    message: `Cannot read "${file}": it is not a JSON object`,
    marks: [{ role: "wrong here", place: placeAt(file, text, Math.max(0, offset)) }],
    why: [reason],
    cause: error,
  };
}
