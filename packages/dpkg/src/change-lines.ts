import type { GivenUp, PackageChange, PackagePlaces, PackageToInstall } from "@firn/package-manager";
import { fileNameOf } from "./file-name.ts";
import { callWithAll } from "./shell-words.ts";

/** Writes lines that look whether a change can be made. */
export function renderCheck(change: PackageChange, places: PackagePlaces): string[] {
  // Nothing may be written to the state yet; programs inside of another root have to find it, though.
  const folder = `"$(mktemp -d -p ${places.scratch ?? `${places.root}/tmp`} firn-packages-XXXXXX || echo none)"`;
  return [...open(places, folder), ...describeChange(change), "packages_check || exit 1"];
}

/** Writes lines that keep what is replaced and removed. */
export function renderKeep(change: PackageChange, places: PackagePlaces, known: readonly PackageToInstall[]): string[] {
  const names = known.map(({ architecture, name, version }) => `${name} ${architecture} ${version}`);
  return [
    ...open(places),
    ...describeChange(change),
    ...callWithAll("packages_known", names),
    "packages_keep || exit 1",
  ];
}

/** Writes lines that make a change. */
export function renderChange(change: PackageChange, places: PackagePlaces): string[] {
  return [...open(places), ...describeChange(change), "packages_change || exit 1"];
}

/** Writes lines that remove what a change that was killed left. */
export function renderSweep({ files, root }: PackagePlaces): string[] {
  return [`packages_sweep ${root === "/" ? "''" : root} ${files}`];
}

/** Writes lines that put what packages have where others had something. */
export function renderGiveBack({ brought, paths }: GivenUp, places: PackagePlaces): string[] {
  const named = namesOfPackages(paths);
  if (named.length === 0) return [];
  return [
    `mkdir -p -m 0700 -- ${places.state}`,
    ...open(places),
    ...callWithAll("packages_search", named.flatMap(patternsOf)),
    ...callWithAll("packages_brought", brought),
    ...callWithAll("packages_give", named),
    "packages_give_back || exit 1",
  ];
}

/** Writes lines that remove what those put there. */
export function renderTakeBack({ root, state }: PackagePlaces): string[] {
  return [`packages_take_back ${root === "/" ? "/" : root} ${state}`];
}

function open({ files, root, state }: PackagePlaces, folder?: string): string[] {
  return [`packages_open ${[root, files, state, ...(folder === undefined ? [] : [folder])].join(" ")} || exit 1`];
}

function describeChange({ install, mark, owned, remove }: PackageChange): string[] {
  const markOf = ({ isAsked }: { isAsked: boolean }): string => (isAsked ? "asked" : "needed");
  const paths = namesOfPackages(owned);
  return [
    ...callWithAll(
      "packages_want",
      install.map((each) => `${each.name} ${each.architecture} ${each.version} ${markOf(each)} ${fileNameOf(each)}`),
    ),
    ...callWithAll(
      "packages_gone",
      remove.map(({ architecture, name }) => `${name} ${architecture}`),
    ),
    ...callWithAll(
      "packages_mark",
      mark.map((each) => `${each.name} ${each.architecture} ${markOf(each)}`),
    ),
    ...callWithAll("packages_own", paths),
    ...callWithAll("packages_exclude", paths.flatMap(patternsOf)),
  ];
}

/** Leaves out what no package has: a name with a line end. */
function namesOfPackages(paths: readonly string[]): string[] {
  return paths.filter((path) => !path.includes("\n"));
}

/** Writes the patterns for a path as packages may name it: some still say /lib where /usr/lib is meant. */
function patternsOf(path: string): string[] {
  const [, merged] = /^\/usr(\/(?:bin|sbin|lib\w*)\/.*)$/.exec(path) ?? [];
  const other = merged ?? (/^\/(?:bin|sbin|lib\w*)\//.test(path) ? `/usr${path}` : undefined);
  return [path, ...(other === undefined ? [] : [other])].map((each) => each.replaceAll(/[*?[\]\\]/g, String.raw`\$&`));
}
