import { isBuiltin } from "node:module";
import { dirname, join } from "node:path/posix";
import { enginePackages, lastPureLayer } from "./layers.ts";
import { packageOf, parseLinks } from "./source-imports.ts";
import type { Owner, SourceFile } from "./workspace-files.ts";
import { findOwner, isTest } from "./workspace-files.ts";

/** Where an import stands. */
interface Site {
  readonly path: string;
  readonly owner: Owner;
  readonly test: boolean;
}

/** What modules and hosts may import besides one another's modules: the language, schemas, and what settings become. */
const openToModules = ["firn", "zod", "@firn/format", "@firn/unit"];

/** Packages that are there for tests, of whatever layer. */
const openToTests = ["@firn/fault", "@firn/test-host"];

/**
 * Checks who imports whom, and returns a sentence for each import that the layers do not allow.
 *
 * Circles of files are left to the linter, whose `import/no-cycle` draws them.
 */
export function checkImports(sources: readonly SourceFile[]): string[] {
  return sources.flatMap((source) => {
    const owner = findOwner(source.path);
    if (!owner) return [];
    const site = { path: source.path, owner, test: isTest(source.path) };
    return parseLinks(source).imports.flatMap(({ specifier, line }) => {
      const reason = findFault(site, specifier);
      return reason ? [`${source.path}:${line}: Cannot import "${specifier}": ${reason}`] : [];
    });
  });
}

function findFault(site: Site, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return findFaultOfFile(site, specifier);
  if (isBuiltin(specifier)) return findFaultOfBuiltin(site, specifier);
  if (site.owner.area === "packages") return findFaultOfEngine(site, specifier);
  const name = packageOf(specifier);
  if (openToModules.includes(name) || name.startsWith("@modules/")) return findDeepImport(name, specifier);
  return site.test
    ? undefined
    : `${site.owner.area} import ${openToModules.map((each) => `"${each}"`).join(", ")} and modules`;
}

function findFaultOfFile({ path, owner }: Site, specifier: string): string | undefined {
  const target = join(dirname(path), specifier);
  if (!target.startsWith(`${owner.area}/${owner.folder}/`))
    return "it is a file of another package, whose name is the way in";
  return /\.(ts|json)$/.test(target) ? undefined : "a file is named with its ending";
}

function findFaultOfBuiltin({ owner, test }: Site, specifier: string): string | undefined {
  if (!specifier.startsWith("node:")) return `its name is "node:${specifier}"`;
  if (test) return undefined;
  if (owner.area !== "packages") return `evaluation of ${owner.area} is pure`;
  const layer = layerOf(owner.folder);
  return layer > lastPureLayer ? undefined : `layer ${layer} does not touch the machine`;
}

function findFaultOfEngine({ owner, test }: Site, specifier: string): string | undefined {
  const name = packageOf(specifier);
  if (/^@(modules|hosts)\//.test(name)) return "the engine knows no module and no host";
  const target = enginePackages.findIndex((one) => one.name === name);
  if (target < 0) return undefined;
  const own = enginePackages.findIndex(({ folder }) => folder === owner.folder);
  if (target === own && !test) return "a package imports its own files by their paths";
  if (target > own && !(test && openToTests.includes(name)))
    return `a package imports only packages above it in the table of layers`;
  return findDeepImport(name, specifier, test);
}

function findDeepImport(name: string, specifier: string, test = false): string | undefined {
  if (specifier === name || name === "zod" || (test && specifier === `${name}/testing`)) return undefined;
  return `"${name}" is its one way in`;
}

function layerOf(folder: string): number {
  return enginePackages.find((one) => one.folder === folder)?.layer ?? 0;
}
