import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { enginePackages } from "./layers.ts";
import { packageOf, parseLinks } from "./source-imports.ts";
import type { Owner, SourceFile } from "./workspace-files.ts";
import { isTest, listPackages, readSources } from "./workspace-files.ts";

/** A file that is written by this tool and never by hand. */
export interface ManifestFile {
  /** Path from the root of the workspace. */
  readonly path: string;
  readonly text: string;
}

/** Fields that the sources do not tell, kept as they are. */
interface KeptFields {
  readonly description?: string;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** What the root of the workspace gives to all packages. */
const givenByRoot = ["vitest"];

/** Renders package.json and tsconfig.json of every package: dependencies are what its sources import. */
export function renderManifests(root: string): ManifestFile[] {
  const sources = readSources(root);
  return listPackages(root).flatMap((owner) => {
    const folder = `${owner.area}/${owner.folder}`;
    const own = sources.filter(({ path }) => path.startsWith(`${folder}/`));
    const manifest = renderManifest(owner, own, readKept(join(root, folder, "package.json")));
    return [
      { path: `${folder}/package.json`, text: renderJson(manifest) },
      { path: `${folder}/tsconfig.json`, text: renderTsconfig(owner) },
    ];
  });
}

/** Names the manifests whose text is not what {@link renderManifests} writes. */
export function findStaleManifests(root: string): string[] {
  return staleManifests(root).map(({ path }) => path);
}

/** Writes the manifests that differ, and returns their paths. */
export function writeManifests(root: string): string[] {
  return staleManifests(root).map(({ path, text }) => {
    writeFileSync(join(root, path), text);
    return path;
  });
}

function staleManifests(root: string): ManifestFile[] {
  return renderManifests(root).filter(({ path, text }) => readText(join(root, path)) !== text);
}

function renderManifest({ area, folder }: Owner, sources: readonly SourceFile[], kept: KeptFields): object {
  const engine = enginePackages.find((one) => area === "packages" && one.folder === folder);
  const name = engine?.name ?? `@${area}/${folder}`;
  const dependencies = importedPackages(sources.filter(({ path }) => !isTest(path)));
  const development = importedPackages(sources.filter(({ path }) => isTest(path)));
  dependencies.delete(name);
  for (const known of [name, ...dependencies, ...givenByRoot]) development.delete(known);
  const testing = sources.some(({ path }) => path.endsWith("/src/testing.ts"));
  return {
    name,
    version: "0.0.0",
    private: true,
    description: engine?.description ?? kept.description,
    type: "module",
    sideEffects: false,
    exports: { ".": "./src/index.ts", ...(testing && { "./testing": "./src/testing.ts" }) },
    scripts: area === "hosts" ? { ...kept.scripts, check: `node ../../tools/firn.mjs check ${folder}` } : kept.scripts,
    dependencies: renderVersions(dependencies),
    devDependencies: renderVersions(development),
  };
}

function importedPackages(sources: readonly SourceFile[]): Set<string> {
  const specifiers = sources.flatMap((source) => parseLinks(source).imports.map((one) => one.specifier));
  return new Set(specifiers.filter((one) => !one.startsWith(".") && !isBuiltin(one)).map(packageOf));
}

/** Versions of other people's packages stand in the catalog of pnpm-workspace.yaml. */
function renderVersions(names: ReadonlySet<string>): Record<string, string> | undefined {
  const isOurs = (name: string) => /^@(firn|modules|hosts)\//.test(name) || name === "firn";
  const entries = [...names].toSorted().map((name) => [name, isOurs(name) ? "workspace:*" : "catalog:"]);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** What hosts and modules are checked with are also the names of packages that the lock knows. */
function renderTsconfig(owner: Owner): string {
  const include = owner.area === "packages" ? '"src"' : '"src", "../../.firn/types/*.d.ts"';
  return `{ "extends": "${baseOf(owner)}", "include": [${include}] }\n`;
}

function baseOf({ area }: Owner): string {
  return area === "packages" ? "../tsconfig.json" : "../../tsconfig.base.json";
}

function readKept(path: string): KeptFields {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}

function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function renderJson(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
