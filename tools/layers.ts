/** A package of the engine. */
export interface EnginePackage {
  /** Folder below packages/. */
  readonly folder: string;
  /** Name that others import. */
  readonly name: string;
  readonly layer: number;
  /** The one thing that it does. */
  readonly description: string;
}

/** Packages of this layer and of those below touch no machine: no file, no network, no process, no clock. */
export const lastPureLayer = 4;

/** The packages of the engine; each imports only those above it. The table in docs/architecture.md is this one. */
export const enginePackages: readonly EnginePackage[] = [
  {
    folder: "diagnostic",
    name: "@firn/diagnostic",
    layer: 0,
    description: "Describes problems: codes, places, rendering",
  },
  {
    folder: "definition",
    name: "@firn/definition",
    layer: 1,
    description: "Wraps values with priority, order and condition, and unwraps them to a normal form",
  },
  {
    folder: "option",
    name: "@firn/option",
    layer: 1,
    description: "Declares options and their types: check, merge, description, JSON Schema",
  },
  {
    folder: "module-system",
    name: "@firn/module-system",
    layer: 2,
    description: "Evaluates modules to a configuration that knows where each value came from",
  },
  {
    folder: "firn",
    name: "firn",
    layer: 2,
    description: "Offers the language of modules and hosts in one import",
  },
  {
    folder: "input",
    name: "@firn/input",
    layer: 3,
    description: "Says what an input is: source, requirement, path, versions among tags",
  },
  {
    folder: "flake-file",
    name: "@firn/flake-file",
    layer: 3,
    description: "Parses and edits flake.yaml, each problem at its line and column",
  },
  {
    folder: "lock",
    name: "@firn/lock",
    layer: 3,
    description: "Parses, renders, checks and merges lockfile.json",
  },
  {
    folder: "resolve",
    name: "@firn/resolve",
    layer: 3,
    description: "Locks inputs: decides what each resolves to, given what repositories offer",
  },
  {
    folder: "git",
    name: "@firn/git",
    layer: 5,
    description: "Fetches inputs with git into a cache, bounds them and hashes them",
  },
  {
    folder: "flake-folder",
    name: "@firn/flake-folder",
    layer: 5,
    description: "Reads and writes the files of a flake: flake.yaml, lockfile.json, folders that are inputs",
  },
  {
    folder: "input-tree",
    name: "@firn/input-tree",
    layer: 5,
    description: "Lays the locked inputs out in the flake and links their packages",
  },
  {
    folder: "loader",
    name: "@firn/loader",
    layer: 5,
    description: "Finds the hosts of a flake and loads their TypeScript, with positions of the sources",
  },
  {
    folder: "sandbox",
    name: "@firn/sandbox",
    layer: 5,
    description: "Evaluates host code in a process that may do nothing else",
  },
  {
    folder: "cli",
    name: "@firn/cli",
    layer: 6,
    description: "Runs the firn command: reads its arguments, wires the packages, prints, exits",
  },
];

/** Renders the table for docs/architecture.md, the way the formatter leaves it. */
export function renderLayerTable(): string {
  const rows = [
    ["Layer", "Package", "Name", "Does"],
    ...enginePackages.map(({ layer, folder, name, description }) => [
      `${layer}`,
      `packages/${folder}`,
      name,
      description,
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`);
  return lines.toSpliced(1, 0, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`).join("\n");
}
