import { existsSync, readdirSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import type { Diagnostic } from "@firn/diagnostic";
import type { InputPath } from "@firn/input";
import type { InputNode } from "./input-node.ts";
import { nameClash, takenName } from "./package-clash.ts";
import { type ListedPackage, listPackages, type PackageList } from "./package-list.ts";
import { isOwnFolder, isTakenByOthers, type PackageLink, packageLink } from "./package-link.ts";

/** The links by which the packages of inputs are found. */
export interface LinkPlan {
  readonly links: readonly PackageLink[];
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute files and folders beside the inputs' own copies by which the links were decided. */
  readonly watched: readonly string[];
}

/** What links are planned for. */
export interface LinkPlanOptions {
  readonly root: string;
  readonly inputsFolder: string;
  readonly nodes: ReadonlyMap<InputPath, InputNode>;
  /** Absolute folder of each node. */
  readonly folders: ReadonlyMap<InputPath, string>;
  /** Paths of links that were written before, relative to the flake. */
  readonly earlier: ReadonlySet<string>;
}

/**
 * The folders of a flake whose files import packages of inputs. Links are in
 * these and not in the flake's own node_modules: from there any tool would load
 * a package that an input names like one of the tool's optional dependencies.
 */
export const linkAreas: readonly string[] = ["hosts", "modules", "packages"];

/** Packages that are never an input's, in any letter case, which some file systems ignore: there is one engine, and types must not reach what does not import them. */
const reserved = /^(?:firn|zod|@firn\/(?:format|unit)|@types\/.*)$/i;

/** Packages of the engine, which are found from the flake upwards. */
const enginePackages = ["firn", "zod", "@firn/format", "@firn/unit"];

/** Plans the links: each flake sees its own packages and those of its inputs, by the names that they have. */
export async function planLinks(options: LinkPlanOptions): Promise<LinkPlan> {
  const { nodes, folders, inputsFolder } = options;
  const lists = await listAll(options);
  const planned = [...nodes]
    .filter(([, { isFlake }]) => isFlake)
    .map(([path, node]) => planFor(path, node, { ...options, lists }));
  const links = new Map(planned.flatMap((plan) => plan.links).map((link) => [link.path, link]));
  const local = [...lists].filter(([path]) => path !== "" && !isBelow(inputsFolder, folders.get(path)));
  return {
    links: [...links.values(), ...engineLinks(options)],
    diagnostics: planned.flatMap((plan) => plan.diagnostics),
    watched: local.flatMap(([, { watched }]) => watched),
  };
}

function isBelow(folder: string, path = ""): boolean {
  return path.startsWith(folder + sep);
}

async function listAll({ nodes, folders }: LinkPlanOptions): Promise<Map<InputPath, PackageList>> {
  const once = new Map<string, Promise<PackageList>>();
  const listed = [...nodes].map(async ([path, { isFlake }]): Promise<[InputPath, PackageList]> => {
    const folder = folders.get(path) ?? "";
    if (!isFlake) return [path, { packages: [], watched: [] }];
    const list = once.get(folder) ?? listPackages(folder);
    once.set(folder, list);
    return [path, await list];
  });
  return new Map(await Promise.all(listed));
}

type LinkPlanContext = LinkPlanOptions & { readonly lists: ReadonlyMap<InputPath, PackageList> };
type PartPlan = Omit<LinkPlan, "watched">;

/** A package of the flake that links are planned for, or of one of its inputs. */
interface OfferedPackage extends ListedPackage {
  /** Path of the input; empty for the flake's own. */
  readonly from: InputPath;
}

function planFor(path: InputPath, { children }: InputNode, context: LinkPlanContext): PartPlan {
  const own = packagesOf("", path, context);
  const inputs = [...children.values()].flatMap((child) => packagesOf(child, child, context));
  const { chosen, diagnostics } = choose(path, [...own, ...inputs], context);
  if (path === "") {
    const linked = linkInFlake(
      chosen.filter(({ from }) => from !== ""),
      context,
    );
    return { links: linked.links, diagnostics: [...diagnostics, ...linked.diagnostics] };
  }
  const folder = context.folders.get(path) ?? "";
  if (folder === context.root) return { links: [], diagnostics };
  const links = chosen.map((one) => packageLink(context.root, join(folder, "node_modules", one.name), one.folder));
  // What stands in a folder of the user's own is the user's.
  const isCopy = isBelow(context.inputsFolder, folder);
  return { links: isCopy ? links : links.filter((link) => !isTakenByOthers(link, context)), diagnostics };
}

function packagesOf(from: InputPath, path: InputPath, { lists }: LinkPlanContext): OfferedPackage[] {
  const { packages = [] } = lists.get(path) ?? {};
  return packages.filter(({ name }) => !reserved.test(name)).map((one) => ({ ...one, from }));
}

/** Takes each name once. The same folder by two ways is no clash. */
function choose(
  path: InputPath,
  offered: readonly OfferedPackage[],
  { root }: LinkPlanContext,
): { chosen: OfferedPackage[]; diagnostics: Diagnostic[] } {
  const byName = new Map<string, OfferedPackage>();
  const diagnostics: Diagnostic[] = [];
  for (const one of offered) {
    const other = byName.get(one.name);
    if (other === undefined) byName.set(one.name, one);
    else if (other.folder !== one.folder)
      diagnostics.push(nameClash({ root, path, name: one.name, offers: [other, one] }));
  }
  return { chosen: [...byName.values()], diagnostics };
}

/** In the flake itself, an installed package must not be hidden by one of an input that took its name. */
function linkInFlake(offered: readonly OfferedPackage[], context: LinkPlanContext): PartPlan {
  const { root } = context;
  const areas = linkAreas.filter((area) => isOwnFolder(join(root, area)));
  const plans = offered.map((one): PartPlan => {
    const installed = join(root, "node_modules", one.name);
    const links = areas.map((area) => packageLink(root, join(root, area, "node_modules", one.name), one.folder));
    const taken = links.filter((link) => isTakenByOthers(link, context)).map((link) => join(root, link.path));
    if (existsSync(installed) && realpathSync(installed) !== one.folder) taken.push(installed);
    return { links, diagnostics: taken.slice(0, 1).map((by) => takenName({ root, offer: one, by })) };
  });
  return { links: plans.flatMap(({ links }) => links), diagnostics: plans.flatMap(({ diagnostics }) => diagnostics) };
}

/** Where only the packages of a flake have the engine installed and not the flake itself, inputs find it here. */
function engineLinks({ root, inputsFolder, nodes }: LinkPlanOptions): PackageLink[] {
  if (nodes.size === 1) return [];
  return enginePackages.flatMap((name) => {
    if (existsSync(join(root, "node_modules", name))) return [];
    const found = packageFolders(root)
      .map((folder) => join(folder, "node_modules", name))
      .find((path) => existsSync(path));
    return found === undefined ? [] : [packageLink(root, join(inputsFolder, "../node_modules", name), found)];
  });
}

function packageFolders(root: string): string[] {
  return linkAreas
    .map((area) => join(root, area))
    .filter((area) => existsSync(area))
    .flatMap((area) =>
      readdirSync(area)
        .toSorted()
        .map((name) => join(area, name)),
    );
}
