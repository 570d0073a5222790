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
  ...inLayer(0, {
    diagnostic: "Describes problems: codes, places, rendering",
  }),
  ...inLayer(1, {
    definition: "Wraps values with priority, order and condition, and unwraps them to a normal form",
    option: "Declares options and their types: check, merge, description, JSON Schema",
    unit: "Parses, checks and compares systemd units",
    "flake-test": "Describes the tests of a flake's hosts, which firn test runs",
  }),
  ...inLayer(2, {
    "module-system": "Evaluates modules to a configuration that knows where each value came from",
    firn: "Offers the language of modules and hosts in one import",
    format: "Renders settings to the formats of configuration files: JSON, YAML, TOML, INI, key=value",
  }),
  ...inLayer(3, {
    "package-manager": "Says what a package manager does for Firn: the contract of apt and its kin",
    "own-package": "Says what a package is that a flake makes itself: from which sources, how, and of which version",
    input: "Says what an input is: source, requirement, path, versions among tags",
    "flake-file": "Parses and edits flake.yaml, each problem at its line and column",
    lock: "Parses, renders, checks and merges lockfile.json",
    resolve: "Locks inputs: decides what each resolves to, given what repositories offer",
  }),
  ...inLayer(4, {
    account: "Edits the account files: passwd, group, shadow, gshadow, subuid, line by line",
    manifest: "Describes all that a machine is to have, and reads it from a configuration",
    plan: "Plans a switch: the steps from what a machine has to what it is to have",
    dpkg: "Installs, removes and repairs packages with dpkg and apt-get, as text for the shell",
    "switch-script": "Compiles a plan to the shell scripts that carry it out and take it back",
  }),
  ...inLayer(5, {
    git: "Fetches inputs with git into a cache, bounds them and hashes them",
    "flake-folder": "Reads and writes the files of a flake: flake.yaml, lockfile.json, folders that are inputs",
    "input-tree": "Lays the locked inputs out in the flake and links their packages",
    loader: "Finds the hosts of a flake and loads their TypeScript, with positions of the sources",
    store: "Keeps contents by their hash, and generations made of them",
    download: "Fetches files into a store, several at once, each checked against its hash",
    apt: "Locks packages of Debian archives: checks who signed their lists, and resolves with apt",
    "package-tree": "Unpacks packages and joins them to one tree of files",
    "package-shell": "Runs programs in a tree of packages, without root",
    "package-build": "Makes the packages that a flake describes itself: files of a distribution's format",
    registry: "Pushes the contents of a store to an OCI registry, and pulls them",
    profile: "Numbers the generations of a machine and knows which of them is current",
    "host-access": "Reads from a machine what a plan needs to know",
    activation: "Runs a switch as a transaction: locks, journals, recovers",
    sandbox: "Evaluates host code in a process that may do nothing else",
    fault: "Kills a program at its n-th change, or has the change fail, for tests",
    "test-host": "Boots throw-away Debian machines with systemd and sshd for tests",
  }),
  ...inLayer(6, {
    cli: "Runs the firn command: reads its arguments, wires the packages, prints, exits",
  }),
];

function inLayer(number: number, packages: { readonly [folder: string]: string }): EnginePackage[] {
  return Object.entries(packages).map(([folder, description]) => ({
    folder,
    name: folder === "firn" ? "firn" : `@firn/${folder}`,
    layer: number,
    description,
  }));
}

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
