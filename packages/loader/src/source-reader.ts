import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, isAbsolute, resolve, sep } from "node:path";
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

/** What a source reader may read, and with what it looks into it. */
export interface SourceReaderOptions {
  /** Absolute folders, without symbolic links; only files below them, outside of node_modules, are read. */
  readonly roots: readonly string[];
  readonly parse: ParseSource;
}

/** Stands for a file that must not be read: any name can be imported from it, so that no further error hides the cause. */
const refused = { code: "module.exports = {}", moduleType: "js" } as const;

/** `import(…)` or `import.meta`, or something in a string or comment that looks like it. */
const looksAtImport = /\bimport\s*[(./]/;

const address = /^(?!node:)[a-z][a-z+.-]+:/i;

/** An import of TypeScript by the name that its JavaScript would have: the bundler takes it too, unless that exists. */
const relativeScript = /^\.{1,2}\/.*\.[cm]?js$/;

/**
 * Reads the sources for the bundler: the files of a flake and of its inputs
 * alone. Afterwards it knows what it read and what was wrong with it.
 */
export class SourceReader {
  readonly sources: Map<string, ReadSource> = new Map();
  readonly diagnostics: Diagnostic[] = [];
  /** Files that do not exist, and would be read instead of others if they did. */
  readonly absent: Set<string> = new Set();
  readonly #options: SourceReaderOptions;
  readonly #outside = new Set<string>();
  #findModule: PluginContext["getModuleInfo"] = () => null;

  constructor(options: SourceReaderOptions) {
    this.#options = options;
  }

  /** Makes the plugin by which the bundler reads. The filters spare it a call for nearly every import. */
  plugin(): Plugin {
    const lookBack = (bundler: PluginContext): void => {
      this.#findModule = (id) => bundler.getModuleInfo(id);
    };
    const refuse = (bundler: PluginContext): Promise<void> => this.#refuseOutside(bundler);
    return {
      name: "firn-source-reader",
      resolveId: {
        filter: { id: [address, relativeScript] },
        handler: (specifier, importer) => this.#lookAt(specifier, importer),
      },
      load: (id) => this.#read(id),
      async buildEnd(error) {
        lookBack(this);
        if (error === undefined) await refuse(this);
      },
    };
  }

  /** Lists the files that a file imports, also after a build that failed. */
  importsOf(file: string): readonly string[] {
    return this.#findModule(file)?.importedIds ?? [];
  }

  #textOf(file: string): string {
    return this.sources.get(file)?.text ?? "";
  }

  #lookAt(specifier: string, importer: string | undefined): { id: string; external: true } | null {
    if (importer === undefined) return null;
    if (address.test(specifier)) {
      this.diagnostics.push(urlImport(specifier, { file: importer, text: this.#textOf(importer) }));
      return { id: specifier, external: true };
    }
    const file = resolve(dirname(importer), specifier);
    if (!existsSync(file)) this.absent.add(file);
    return null;
  }

  #read(id: string): { code: string; moduleType?: string; map?: null } | null {
    if (!isAbsolute(id)) return null;
    if (!this.#options.roots.some((root) => isInside(root, id))) {
      this.#outside.add(id);
      return refused;
    }
    const source = { stamp: stampOf(id), text: readFileSync(id, "utf8") };
    this.sources.set(id, source);
    const code = looksAtImport.test(source.text) ? this.#settleImports(id, source.text) : source.text;
    return { code, map: null, ...moduleTypeOf(id) };
  }

  /** Refuses `import(…)` and settles `import.meta`. */
  #settleImports(file: string, text: string): string {
    const { dynamicImports, metas } = this.#options.parse(file, text);
    this.diagnostics.push(...dynamicImports.map(({ start }) => runTimeImport({ file, text }, start)));
    return replaceImportMeta(text, metas);
  }

  async #refuseOutside(bundler: PluginContext): Promise<void> {
    for (const id of this.#outside) {
      for (const file of bundler.getModuleInfo(id)?.importers ?? []) {
        const text = this.#textOf(file);
        this.diagnostics.push(outsideImport(id, { file, text }, await this.#findRequest(bundler, file, id)));
      }
    }
  }

  /** Finds how a file names another. */
  async #findRequest(bundler: PluginContext, file: string, id: string): Promise<string | undefined> {
    for (const { specifier } of this.#options.parse(file, this.#textOf(file)).requests) {
      if ((await bundler.resolve(specifier, file))?.id === id) return specifier;
    }
    return undefined;
  }
}

function isInside(root: string, file: string): boolean {
  return file.startsWith(root + sep) && !file.slice(root.length).includes(`${sep}node_modules${sep}`);
}

/** The bundler takes an unknown ending for JavaScript; data is what other files are. */
function moduleTypeOf(file: string): { moduleType: string } {
  const types: Record<string, string> = { ".ts": "ts", ".mts": "ts", ".js": "js", ".mjs": "js", ".json": "json" };
  return { moduleType: types[extname(file)] ?? "text" };
}
