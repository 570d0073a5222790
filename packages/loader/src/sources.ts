import { SourceMap } from "node:module";
import { resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Located, Place, Position, Sources } from "@firn/diagnostic";
import type { ChunkMap } from "./bundle.ts";
import { findCall, findProperty } from "./property-place.ts";
import { loadParser, type ParseSource, type SyntaxNode } from "./source-parser.ts";
import { parseStack, type StackFrame } from "./stack-frame.ts";
import { findText, lineOf, offsetAt, positionAt } from "./text-position.ts";

/** A bundle whose stacks are to be read. */
export interface MappedBundle {
  /** The file name that stands for it in stacks. */
  readonly name: string;
  /** The folder that the sources in its maps are relative to. */
  readonly root: string;
  /** Gives the source maps as JSON text of `ChunkMap[]`. */
  maps(): string;
}

/** Whose stacks are to be read. */
export interface SourceOptions {
  /** With a bundle only its frames count; without one, as in tests, stacks name the sources already. */
  readonly bundle?: MappedBundle;
  /**
   * Without a bundle: tells the frames that are not the user's, beside those of Node.js and of node_modules.
   *
   * @default true for the sources of the engine, false for its tests
   */
  readonly isInternal?: (file: string) => boolean;
}

/** Opens the sources, so that positions can be found for places; maps and files are read when they are asked for. */
export async function openSources({ bundle, isInternal = isEngineSource }: SourceOptions = {}): Promise<Sources> {
  const parse = await loadParser();
  const files = new Map<string, SourceFile | undefined>();
  const findFile = (file: string): SourceFile | undefined => {
    if (!files.has(file)) files.set(file, openFile(file, parse));
    return files.get(file);
  };
  const findPosition = bundle === undefined ? plainPosition(isInternal) : mappedPosition(bundle);
  return {
    locate(place) {
      const position = place.position ?? findPosition(parseStack(place.capture?.stack ?? ""));
      return position && refine(position, place, findFile(position.file));
    },
  };
}

const packages = fileURLToPath(new URL("../../", import.meta.url));

function isEngineSource(file: string): boolean {
  const [, folder, ...below] = file.startsWith(packages) ? file.slice(packages.length).split(sep) : [];
  return folder === "src" && !below.includes("fixtures") && !file.endsWith(".test.ts");
}

type FindPosition = (frames: readonly StackFrame[]) => Position | undefined;

function plainPosition(isInternal: (file: string) => boolean): FindPosition {
  const isForeign = (file: string): boolean => /^node:|[/\\]node_modules[/\\]/.test(file) || isInternal(file);
  return (frames) => frames.find(({ file }) => !isForeign(file));
}

function mappedPosition({ name, root, maps }: MappedBundle): FindPosition {
  let chunks: { line: number; map: SourceMap }[] | undefined;
  return (frames) => {
    const inBundle = frames.filter(({ file }) => file === name);
    chunks ??= inBundle.length === 0 ? undefined : parseMaps(maps());
    for (const { line, column } of inBundle) {
      const chunk = chunks?.findLast((candidate) => candidate.line < line);
      const entry = chunk?.map.findEntry(line - 1 - chunk.line, column - 1);
      if (entry === undefined || !("originalSource" in entry)) continue;
      return {
        file: resolve(root, entry.originalSource),
        line: entry.originalLine + 1,
        column: entry.originalColumn + 1,
      };
    }
    return undefined;
  };
}

function parseMaps(json: string): { line: number; map: SourceMap }[] {
  const chunks = JSON.parse(json) as ChunkMap[]; // The build wrote it.
  return chunks.map(({ line, map }) => ({
    line,
    map: new SourceMap({ ...map, file: "", sourceRoot: "", sourcesContent: [] } as never),
  }));
}

interface SourceFile {
  readonly text: string;
  /** Parsed when a property is looked for in it, once. */
  tree(): SyntaxNode;
}

function openFile(file: string, parse: ParseSource): SourceFile | undefined {
  const text = findText(file);
  let program: SyntaxNode | undefined;
  return text === undefined ? undefined : { text, tree: () => (program ??= parse(file, text).program) };
}

/** Moves from the call to the property that a place names, and adds the line. */
function refine(position: Position, { property = [] }: Place, source: SourceFile | undefined): Located {
  if (source === undefined) return { ...position, exact: property.length === 0 };
  const { text } = source;
  const call = property.length === 0 ? undefined : findCall(source.tree(), offsetAt(text, position));
  const found = call && findProperty(call, property);
  const at = found === undefined ? position : positionAt(text, found.offset);
  const lineText = lineOf(text, at.line);
  return {
    file: position.file,
    line: at.line,
    column: at.column,
    exact: found?.exact ?? property.length === 0,
    ...(lineText !== undefined && { lineText }),
  };
}
