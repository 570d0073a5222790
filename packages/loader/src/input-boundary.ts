import { existsSync, readdirSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import type { Diagnostic } from "@firn/diagnostic";
import { findInputOfFile, type InputOfFile } from "@firn/input-tree";
import type { Plugin, PluginContext } from "rolldown";
import type { ReadSource } from "./source-reader.ts";
import type { ParseSource } from "./source-parser.ts";
import { placeAt } from "./text-position.ts";

/** What a boundary needs to know. */
export interface BoundaryOptions {
  /** The flake's folder. */
  readonly root: string;
  /** The sources of the build, by file. */
  readonly sources: ReadonlyMap<string, ReadSource>;
  readonly parse: ParseSource;
}

/**
 * Holds inputs to what is theirs: a file of an input may import files of that
 * input and packages of its inputs, however it names them. What else a file
 * would find by its place in the flake, it would not find in another flake.
 */
export class InputBoundary {
  readonly diagnostics: Diagnostic[] = [];
  readonly #options: BoundaryOptions;
  readonly #linked = new Map<string, readonly string[]>();

  constructor(options: BoundaryOptions) {
    this.#options = options;
  }

  /** Makes the plugin by which the boundary sees what the bundler resolved. */
  plugin(): Plugin {
    const check = (bundler: PluginContext): Promise<void> => this.#check(bundler);
    return {
      name: "firn-input-boundary",
      async buildEnd(error) {
        if (error === undefined) await check(this);
      },
    };
  }

  async #check(bundler: PluginContext): Promise<void> {
    for (const file of bundler.getModuleIds()) {
      const input = findInputOfFile(this.#options.root, file);
      if (input === undefined) continue;
      const imported = bundler.getModuleInfo(file)?.importedIds ?? [];
      for (const target of imported.filter((id) => isAbsolute(id) && !this.#mayImport(file, id, input))) {
        this.diagnostics.push(await this.#explain(bundler, { file, target, input }));
      }
    }
  }

  #mayImport(file: string, target: string, { folder }: InputOfFile): boolean {
    return isBelow(folder, target) || this.#linkedFor(dirname(file), folder).some((linked) => isBelow(linked, target));
  }

  /** Lists the packages that are linked for the files of a folder, up to the folder of their input. */
  #linkedFor(folder: string, top: string): readonly string[] {
    const known = this.#linked.get(folder);
    if (known !== undefined) return known;
    const above = folder === top ? [] : this.#linkedFor(dirname(folder), top);
    const linked = [...listLinked(join(folder, "node_modules")), ...above];
    this.#linked.set(folder, linked);
    return linked;
  }

  async #explain(bundler: PluginContext, { file, target, input }: StrayImport): Promise<Diagnostic> {
    const { sources, parse, root } = this.#options;
    const text = sources.get(file)?.text ?? "";
    const { specifier, start } = await findRequest(bundler, { file, target }, parse(file, text).requests);
    return {
      code: "impure-import",
      severity: "error",
      message: `Cannot import "${specifier}": it belongs neither to the input "${input.path}" nor to an input of it`,
      marks: [{ role: "imported here", place: placeAt(file, text, start) }],
      why: [
        `It stands in "${isBelow(root, target) ? relative(root, target) : target}"`,
        "An input has the same files to import from in every flake",
      ],
      fix: adviseInput(specifier, input),
    };
  }
}

interface StrayImport {
  readonly file: string;
  readonly target: string;
  readonly input: InputOfFile;
}

/** Says how an input comes to be allowed an import. */
export function adviseInput(specifier: string, { path }: InputOfFile): string {
  return `In the flake.yaml of "${path}", add the flake that offers "${specifier}" to the inputs`;
}

interface Request {
  readonly specifier: string;
  readonly start: number;
}

async function findRequest(
  bundler: PluginContext,
  { file, target }: Pick<StrayImport, "file" | "target">,
  requests: readonly Request[],
): Promise<Request> {
  for (const request of requests) {
    if ((await bundler.resolve(request.specifier, file))?.id === target) return request;
  }
  return { specifier: relative(dirname(file), target), start: 0 };
}

function listLinked(nodeModules: string): string[] {
  if (!existsSync(nodeModules)) return [];
  return readdirSync(nodeModules).flatMap((name) => {
    const path = join(nodeModules, name);
    if (name.startsWith(".")) return [];
    return name.startsWith("@") ? listLinked(path) : [realpathSync(path)];
  });
}

function isBelow(folder: string, path: string): boolean {
  return path.startsWith(folder + sep);
}
