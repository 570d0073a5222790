/** A node of a syntax tree, as far as the loader looks at it. */
export interface SyntaxNode {
  readonly type: string;
  /** Offset of its first character. */
  readonly start: number;
  /** Offset after its last character. */
  readonly end: number;
  readonly [field: string]: unknown;
}

/** A stretch of a source file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Another module that a source file names, where it names it. */
export interface ModuleRequest extends Span {
  readonly specifier: string;
}

/** What parsing a source file gives. */
export interface ParsedSource {
  readonly program: SyntaxNode;
  /** Modules of `import … from` and `export … from`. */
  readonly requests: readonly ModuleRequest[];
  /** `import(…)` expressions. */
  readonly dynamicImports: readonly Span[];
  /** `import.meta` expressions. */
  readonly metas: readonly Span[];
  /** Where the first syntax error is, if there is one. */
  readonly errorOffset?: number;
}

/** Parses a source file; offsets count UTF-16 units. */
export type ParseSource = (file: string, text: string) => ParsedSource;

/** Loads the parser, which is the bundler's own. It takes 25 ms, so nothing of the warm path asks for it. */
export async function loadParser(): Promise<ParseSource> {
  const { parseSync } = await import("rolldown/utils");
  return (file, text) => {
    const parsed = parseSync(file, text, { sourceType: "module", preserveParens: false });
    const { staticImports, staticExports, dynamicImports, importMetas } = parsed.module;
    const requests = [...staticImports, ...staticExports.flatMap(({ entries }) => entries)].flatMap(
      ({ moduleRequest }) =>
        moduleRequest === null
          ? []
          : [{ specifier: moduleRequest.value, start: moduleRequest.start, end: moduleRequest.end }],
    );
    const program = parsed.program as unknown as SyntaxNode; // Every ESTree node has these fields.
    const errorOffset = parsed.errors[0]?.labels[0]?.start;
    return { program, requests, dynamicImports, metas: importMetas, ...(errorOffset !== undefined && { errorOffset }) };
  };
}

/** Tells whether a value found in a syntax tree is a node. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string"; // Checked right here.
}

/** Lists the nodes directly below a node, in the order of the source. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node).flatMap((field) =>
    Array.isArray(field) ? field.filter(isNode) : isNode(field) ? [field] : [],
  );
}
