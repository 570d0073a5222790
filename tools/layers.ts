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
    folder: "unit",
    name: "@firn/unit",
    layer: 1,
    description: "Parses, renders, checks and compares systemd units",
  },
  {
    folder: "format",
    name: "@firn/format",
    layer: 1,
    description: "Renders settings to the formats of configuration files: JSON, YAML, TOML, INI, key=value",
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
    folder: "account",
    name: "@firn/account",
    layer: 4,
    description: "Edits the account files: passwd, group, shadow, gshadow, subuid, line by line",
  },
  {
    folder: "manifest",
    name: "@firn/manifest",
    layer: 4,
    description: "Describes all that a machine is to have, and reads it from a configuration",
  },
  {
    folder: "plan",
    name: "@firn/plan",
    layer: 4,
    description: "Plans a switch: the steps from what a machine has to what it is to have",
  },
  {
    folder: "switch-script",
    name: "@firn/switch-script",
    layer: 4,
    description: "Compiles a plan to the shell scripts that carry it out and take it back",
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
    folder: "store",
    name: "@firn/store",
    layer: 5,
    description: "Keeps contents by their hash, and generations made of them",
  },
  {
    folder: "profile",
    name: "@firn/profile",
    layer: 5,
    description: "Numbers the generations of a machine and knows which of them is current",
  },
  {
    folder: "host-access",
    name: "@firn/host-access",
    layer: 5,
    description: "Reads from a machine what a plan needs to know",
  },
  {
    folder: "activation",
    name: "@firn/activation",
    layer: 5,
    description: "Runs a switch as a transaction: locks, journals, recovers",
  },
  {
    folder: "sandbox",
    name: "@firn/sandbox",
    layer: 5,
    description: "Evaluates host code in a process that may do nothing else",
  },
  {
    folder: "fault",
    name: "@firn/fault",
    layer: 5,
    description: "Kills a program at its n-th change, or has the change fail, for tests",
  },
  {
    folder: "test-host",
    name: "@firn/test-host",
    layer: 5,
    description: "Boots throw-away Debian machines with systemd and sshd for tests",
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
