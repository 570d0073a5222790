/** A package as a list has it. */
export interface Stanza {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** Path below the address. */
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  /** One line. */
  readonly summary: string;
  /** What it cannot be without: one of each group. */
  readonly needs: readonly (readonly Relation[])[];
  /** What cannot be there together with it. */
  readonly excludes: readonly Relation[];
  /** Other names under which it fulfils what others need. */
  readonly provides: readonly Relation[];
}

/** A package that another one names. */
export interface Relation {
  readonly name: string;
  /** ">= 1.2"; missing: any version. */
  readonly condition?: string;
}

/** Parses the lines of a package. */
export function parseStanza(text: string): Stanza {
  const fields = parseFields(text);
  const field = (name: string): string => fields.get(name) ?? "";
  return {
    name: field("package"),
    version: field("version"),
    architecture: field("architecture"),
    path: field("filename").replace(/^\.\//, ""),
    sha256: field("sha256"),
    size: Number(field("size")),
    summary: field("description"),
    needs: [...parseRelations(field("pre-depends")), ...parseRelations(field("depends"))],
    excludes: [...parseRelations(field("conflicts")), ...parseRelations(field("breaks"))].flat(),
    provides: parseRelations(field("provides")).flat(),
  };
}

/** Names in lower case; of a field with several lines the first, as those that are needed have one. */
function parseFields(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0 && line[0] !== " ") fields.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return fields;
}

/** Parses "a (>= 1), b:any | c": groups of alternatives. */
function parseRelations(text: string): Relation[][] {
  if (text === "") return [];
  return text.split(",").map((group) =>
    group.split("|").flatMap((one) => {
      const { condition, name } =
        /^\s*(?<name>[^\s(:[]+)(?::\w+)?\s*(?:\((?<condition>[^)]*)\))?/.exec(one)?.groups ?? {};
      if (name === undefined) return [];
      return condition === undefined ? { name } : { name, condition: condition.trim() };
    }),
  );
}
