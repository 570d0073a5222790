/** What a package says of itself, as far as trees are concerned. */
export interface PackageControl {
  /** Names of packages whose files it may take over. */
  readonly replaces: readonly string[];
  /** Name of the source that it is built from, with others. */
  readonly source: string;
  /** Names of what it cannot do without; of several that will do, all. */
  readonly needs: readonly string[];
  /** Names that it can be asked for by, besides its own. */
  readonly provides: readonly string[];
  /** Whether it is a library: those who ask for it mean no programs. */
  readonly isLibrary: boolean;
}

/** Reads what a package says of itself. @param control its description, as it has it */
export function parseControl(control: string): PackageControl {
  const read = (field: string): string => {
    return new RegExp(`^${field}:((?:.*\\n[ \\t])*.*)$`, "m").exec(control)?.[1]?.trim() ?? "";
  };
  return {
    replaces: parseNames(read("Replaces")),
    source: /^[^\s(]+/.exec(read("Source") || read("Package"))?.[0] ?? "",
    needs: [...parseNames(read("Pre-Depends")), ...parseNames(read("Depends"))],
    provides: parseNames(read("Provides")),
    isLibrary: /(?:^|\/)(?:old)?libs$/.test(read("Section")),
  };
}

function parseNames(list: string): string[] {
  return list.split(/[,|]/).flatMap((part) => /[a-z0-9][a-z0-9+.-]*/.exec(part)?.[0] ?? []);
}
