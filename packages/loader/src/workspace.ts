import { basename, dirname, join, relative, sep } from "node:path";
import type { Diagnostic } from "@firn/diagnostic";
import type { Flake } from "./flake.ts";
import { readManifest } from "./package-manifest.ts";
import { findText, placeAt } from "./text-position.ts";

/** What a package of a flake is for, by the folder it stands in. */
export type PackageKind = "host" | "module" | "package";

/** One workspace package of a flake. */
export interface FlakePackage {
  /** Name of its folder; for a host, the host's name. */
  readonly name: string;
  readonly kind: PackageKind;
  /** Absolute path of its folder. */
  readonly directory: string;
  /** Absolute path of the file that importing it means, if it exports one. */
  readonly entry?: string;
  /** Name that others import it by. */
  readonly packageName?: string;
}

/** The static data of a flake. */
export interface Workspace {
  /** The name in flake.yaml, or that of the folder. */
  readonly name: string;
  /** All packages that the globs of pnpm-workspace.yaml take, sorted by folder. */
  readonly packages: readonly FlakePackage[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads flake.yaml and pnpm-workspace.yaml and lists the packages of a flake.
 *
 * @returns problems `bad-workspace` for files that cannot be read or parsed
 */
export async function readWorkspace(flake: Flake): Promise<Workspace> {
  const about = await readYaml(join(flake.root, "flake.yaml"));
  const name: unknown = about.value["name"];
  const { folders, diagnostics } = await listPackageFolders(flake.root);
  const read = await Promise.all(folders.map((directory) => readPackage(flake.root, directory)));
  return {
    name: typeof name === "string" ? name : basename(flake.root),
    packages: read.map(({ found }) => found),
    diagnostics: [...about.diagnostics, ...diagnostics, ...read.flatMap((one) => one.diagnostics)],
  };
}

/** The hosts of a flake by name. */
export interface HostNames {
  readonly names: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Lists the hosts of a flake, without reading their packages.
 *
 * @returns a problem `bad-workspace` when pnpm-workspace.yaml cannot be read or parsed
 */
export async function listHosts(flake: Flake): Promise<HostNames> {
  const { folders, diagnostics } = await listPackageFolders(flake.root);
  const hosts = folders.filter((folder) => kindOf(relative(flake.root, folder)) === "host");
  return { names: hosts.map((folder) => basename(folder)), diagnostics };
}

interface YamlFile {
  readonly file: string;
  readonly text: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly diagnostics: readonly Diagnostic[];
}

async function readYaml(file: string): Promise<YamlFile> {
  const text = findText(file);
  if (text === undefined) return { file, text: "", value: {}, diagnostics: [unreadable(file)] };
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text, { prettyErrors: false });
  // What follows the first mistake are mostly its consequences.
  const diagnostics = document.errors.slice(0, 1).map(({ message, pos }) =>
    badYaml({
      file,
      text,
      reason: message,
      offset: pos[0],
      fix: "Correct the YAML: the lines of a list or map start in the same column, and quotes come in pairs",
    }),
  );
  const value: unknown = diagnostics.length > 0 ? undefined : document.toJS();
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  return { file, text, value: isMap ? (value as Record<string, unknown>) : {}, diagnostics }; // A map has string keys.
}

function checkGlobs({ file, text, value, diagnostics }: YamlFile): { value: string[]; diagnostics: Diagnostic[] } {
  const globs = value["packages"];
  if (Array.isArray(globs) && globs.every((glob) => typeof glob === "string")) return { value: globs, diagnostics: [] };
  if (diagnostics.length > 0) return { value: [], diagnostics: [] };
  const offset = Math.max(0, text.search(/^packages\s*:/m));
  return {
    value: [],
    diagnostics: [
      badYaml({
        file,
        text,
        offset,
        reason: '"packages" must be a list of globs',
        fix: 'Write packages: ["modules/*", "hosts/*"]',
      }),
    ],
  };
}

interface BadYaml {
  readonly file: string;
  readonly text: string;
  readonly reason: string;
  readonly offset: number;
  readonly fix: string;
}

function badYaml({ file, text, reason, offset, fix }: BadYaml): Diagnostic {
  return {
    code: "bad-workspace",
    severity: "error",
    message: `Cannot read "${basename(file)}": ${reason}`,
    marks: [{ role: "wrong here", place: placeAt(file, text, offset) }],
    fix,
  };
}

function unreadable(file: string): Diagnostic {
  return {
    code: "bad-workspace",
    severity: "error",
    message: `Cannot read "${file}"`,
    marks: [],
    fix: "Check that the file exists and that you may read it",
  };
}

interface PackageFolders {
  readonly folders: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Expands globs as pnpm does: negated ones take packages out, and nothing in node_modules is a package. */
async function listPackageFolders(root: string): Promise<PackageFolders> {
  const workspace = await readYaml(join(root, "pnpm-workspace.yaml"));
  const globs = checkGlobs(workspace);
  const diagnostics = [...workspace.diagnostics, ...globs.diagnostics];
  if (globs.value.length === 0) return { folders: [], diagnostics };
  const { glob } = await import("tinyglobby");
  const patterns = globs.value.map((pattern) => pattern.replace(/\/*$/, "/package.json"));
  const files = await glob(patterns, {
    cwd: root,
    ignore: ["**/node_modules/**"],
    expandDirectories: false,
    absolute: true,
  });
  return { folders: files.map((file) => dirname(file)).toSorted(), diagnostics };
}

interface ReadPackage {
  readonly found: FlakePackage;
  readonly diagnostics: readonly Diagnostic[];
}

async function readPackage(root: string, directory: string): Promise<ReadPackage> {
  const { manifest, diagnostics } = await readManifest(directory, "bad-workspace");
  return {
    found: { name: basename(directory), kind: kindOf(relative(root, directory)), directory, ...manifest },
    diagnostics,
  };
}

function kindOf(folder: string): PackageKind {
  const [top, ...below] = folder.split(sep);
  if (top === "hosts" && below.length === 1) return "host";
  return top === "modules" ? "module" : "package";
}
