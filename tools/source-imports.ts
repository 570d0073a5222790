import { parseSync, Visitor } from "rolldown/utils";
import type { SourceFile } from "./workspace-files.ts";

/** One import or re-export of a source, types included. */
export interface SourceImport {
  readonly specifier: string;
  /** Line of the statement, from 1. */
  readonly line: number;
  /** Is true for `export * from`. */
  readonly all: boolean;
}

/** What a source takes from others, and what it offers them. */
export interface SourceLinks {
  readonly imports: readonly SourceImport[];
  /** Names that others can import, without those that are types only. */
  readonly values: readonly string[];
}

/** Parses a source for what it imports, with `import`, `export … from`, `import()`, and `import("…")` in types. */
export function parseLinks({ path, text }: SourceFile): SourceLinks {
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`Cannot parse "${path}": ${errors[0]?.message}`);
  const found: (SourceImport & { readonly at: number })[] = [];
  const add = (specifier: string, at: number, all = false) => {
    found.push({ specifier, line: text.slice(0, at).split("\n").length, all, at });
  };
  for (const { moduleRequest, start } of module.staticImports) add(moduleRequest.value, start);
  const exported = module.staticExports.flatMap((statement) => statement.entries);
  for (const { moduleRequest, importName, start } of exported) {
    if (moduleRequest) add(moduleRequest.value, start, importName.kind.startsWith("All"));
  }
  new Visitor({
    ImportExpression: ({ source }) => {
      if (source.type === "Literal" && typeof source.value === "string") add(source.value, source.start);
    },
    TSImportType: ({ source }) => add(String(source.value), source.start),
  }).visit(program);
  return {
    imports: found.toSorted((a, b) => a.at - b.at).map(({ specifier, line, all }) => ({ specifier, line, all })),
    values: exported.flatMap(({ isType, exportName }) => (isType ? [] : [exportName.name ?? "default"])),
  };
}

/** Names the package of a specifier: "zod" for "zod/mini", "@firn/option" for "@firn/option/testing". */
export function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
