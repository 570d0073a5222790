import { readFileSync } from "node:fs";
import { extname, isAbsolute, sep } from "node:path";
import type { Diagnostic } from "@firn/diagnostic";
import type { Plugin, PluginContext } from "rolldown";
import { replaceImportMeta } from "./import-meta.ts";
import { outsideImport, runTimeImport, urlImport } from "./impure-import.ts";
import { type Stamp, stampOf } from "./input-file.ts";
import type { ParseSource } from "./source-parser.ts";

/** A source file exactly as it was bundled. */
export interface ReadSource {
  /** Taken before the file was read, so that an edit in between shows as a difference later. */
  readonly stamp: Stamp;
  readonly text: string;
}

/** Reads the sources for the bundler, and knows afterwards what it read and what was wrong with it. */
export interface SourceReader {
  readonly plugin: Plugin;
  readonly sources: ReadonlyMap<string, ReadSource>;
  readonly diagnostics: readonly Diagnostic[];
  /** Lists the files that a file imports, also after a build that failed. */
  importsOf(file: string): readonly string[];
}

/** What a source reader may read, and with what it looks into it. */
export interface SourceReaderOptions {
  /** Absolute folders, without symbolic links; only files below them, outside of node_modules, are read. */
  readonly roots: readonly string[];
  readonly parse: ParseSource;
}

/** Stands for a file that must not be read: any name can be imported from it, so that no further error hides the cause. */
const refused = { code: "module.exports = {}", moduleType: "js" } as const;

/** Makes a reader that lets in the files of a flake and of its inputs alone. */
export function createSourceReader({ roots, parse }: SourceReaderOptions): SourceReader {
  const sources = new Map<string, ReadSource>();
  const diagnostics: Diagnostic[] = [];
  const outside = new Set<string>();
  let findModule: PluginContext["getModuleInfo"] = () => null;
  const textOf = (file: string): string => sources.get(file)?.text ?? "";
  const plugin: Plugin = {
    name: "firn-source-reader",
    resolveId: {
      filter: { id: /^(?!node:)[a-z][a-z+.-]+:/i },
      handler(specifier, file) {
        if (file !== undefined) diagnostics.push(urlImport(specifier, { file, text: textOf(file) }));
        return { id: specifier, external: true };
      },
    },
    load(id) {
      if (!isAbsolute(id)) return null;
      if (!roots.some((root) => isInside(root, id))) {
        outside.add(id);
        return refused;
      }
      const source = { stamp: stampOf(id), text: readFileSync(id, "utf8") };
      sources.set(id, source);
      const code = looksAtImport.test(source.text) ? checkImports(id, source.text) : source.text;
      return { code, map: null, ...moduleTypeOf(id) };
    },
    async buildEnd(error) {
      findModule = (id) => this.getModuleInfo(id);
      if (error !== undefined) return;
      for (const id of outside) {
        for (const file of this.getModuleInfo(id)?.importers ?? []) {
          const request = await findRequest(file, async (specifier) => (await this.resolve(specifier, file))?.id === id);
          diagnostics.push(outsideImport(id, { file, text: textOf(file) }, request));
        }
      }
    },
  };

  /** Refuses `import(…)` and settles `import.meta`. */
  function checkImports(file: string, text: string): string {
    const { dynamicImports, metas } = parse(file, text);
    diagnostics.push(...dynamicImports.map(({ start }) => runTimeImport({ file, text }, start)));
    return replaceImportMeta(text, file, metas);
  }

  async function findRequest(file: string, isMeant: (specifier: string) => Promise<boolean>): Promise<string | undefined> {
    for (const { specifier } of parse(file, textOf(file)).requests) if (await isMeant(specifier)) return specifier;
    return undefined;
  }

  return { plugin, sources, diagnostics, importsOf: (file) => findModule(file)?.importedIds ?? [] };
}

/** `import(…)` or `import.meta`, or something in a string or comment that looks like it. */
const looksAtImport = /\bimport\s*[(./]/;

function isInside(root: string, file: string): boolean {
  return file.startsWith(root + sep) && !file.slice(root.length).includes(`${sep}node_modules${sep}`);
}

/** The bundler takes an unknown ending for JavaScript; data is what other files are. */
function moduleTypeOf(file: string): { moduleType?: string } {
  const types: Record<string, string> = { ".ts": "ts", ".mts": "ts", ".js": "js", ".mjs": "js", ".json": "json" };
  return { moduleType: types[extname(file)] ?? "text" };
}
