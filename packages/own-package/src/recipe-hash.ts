import type { PackagePin } from "@firn/package-manager";
import type { InstalledFile, InstalledLink, OwnPackage, OwnSource } from "./own-package.ts";
import { sha256 } from "./sha256.ts";

/** A package of which the tools of a build are made. */
export type ToolPin = Pick<PackagePin, "name" | "version" | "architecture" | "sha256">;

/** What a package depends on besides its description. */
export interface Circumstances {
  /** That of the machine it is for: "amd64". */
  readonly architecture: string;
  /** All that its tools need, and the tools; in any order. @default none */
  readonly tools?: readonly ToolPin[];
}

/** Changes when equal recipes come to be built to other packages. */
const format = 1;

/** The architecture that a package has. */
export function ownArchitecture(own: OwnPackage, { architecture }: Circumstances): string {
  return own.architecture ?? (own.build === undefined ? "all" : architecture);
}

/**
 * Hashes all that a package depends on: contents and not where they come from,
 * and the tools of its build to the last file. Packages with equal hashes have
 * equal files.
 *
 * @returns 64 hexadecimal digits
 */
export function recipeHash(own: OwnPackage, circumstances: Circumstances): string {
  const { conflicts = [], depends = [], name, provides = [], replaces = [], summary, version } = own;
  const architecture = ownArchitecture(own, circumstances);
  const about = { name, version, architecture, summary, depends, provides, conflicts, replaces };
  const sources = mapValues(own.sources ?? {}, sourceFacts);
  const install = mapValues(own.install ?? {}, installFacts);
  const build = buildFacts(own, circumstances);
  return sha256(JSON.stringify([format, inOrder({ about, sources, build, install })]));
}

function sourceFacts(source: OwnSource): unknown {
  if ("text" in source) return { text: source.text, mode: source.mode };
  if ("folder" in source) return { folder: source.sha256 };
  const { mode, sha256: file, unpack = false } = source;
  if (unpack === false) return { file, mode };
  return { archive: file, strip: unpack === true ? 0 : unpack.strip };
}

function installFacts(install: string | InstalledFile | InstalledLink): unknown {
  return typeof install === "string" ? { from: install } : install;
}

function buildFacts({ build }: OwnPackage, { tools = [] }: Circumstances): unknown {
  if (build === undefined) return undefined;
  const files = tools.map((tool) => [tool.name, tool.version, tool.architecture, tool.sha256].join(" "));
  return { script: build.script, environment: build.environment ?? {}, tools: [...new Set(files)].toSorted() };
}

function mapValues<Value>(record: Readonly<Record<string, Value>>, map: (value: Value) => unknown): unknown {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** Sorts the keys of objects: who writes a recipe may do so in any order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  // A list of pairs, since an object would have keys that are numbers first.
  return { entries: entries.filter(([, one]) => one !== undefined).map(([key, one]) => [key, inOrder(one)]) };
}
