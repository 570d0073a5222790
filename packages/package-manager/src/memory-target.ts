import { memoryFunctions } from "./memory-functions.ts";
import type {
  InstalledPackage,
  PackageChange,
  PackagePlaces,
  PackageTarget,
  PackageToInstall,
} from "./package-target.ts";

/**
 * Installs packages that are tar archives, as plain files: for tests of whoever
 * changes packages, where there is no real manager. A file has "needs", a name
 * in each line, and "root" with what goes below the root of the machine.
 */
export const memoryTarget: PackageTarget = {
  renderQuery: (root) => `cd ${root}/var/lib/memory-packages 2>/dev/null || exit 0
echo memory
for each in */; do
  [ -d "$each" ] || continue
  state=installed
  [ ! -e "$each/broken" ] || state=broken
  echo "$(cat "$each/about" 2>/dev/null || echo "\${each%/} - -") $(cat "$each/mark" 2>/dev/null) $state"
done`,
  parseInstalled(text) {
    const [heading, ...lines] = text.split("\n");
    return heading === "memory" ? lines.filter((line) => line !== "").map(parseLine) : undefined;
  },
  renderUsersQuery: () => ":",
  parseUsers: () => [],
  renderStartsQuery: () => ":",
  parseStarts: () => [],
  fileNameOf: ({ architecture, name, version }) => `${name}-${version}-${architecture}.tar`,
  functions: memoryFunctions,
  renderCheck: (change, places) => [
    ...open(change, places),
    ...change.install.map((each) => `packages_need ${each.name} ${quote(fileOf(each))} || exit 1`),
  ],
  renderKeep: (change, places, known) => {
    const isKnown = new Set(known.map(({ name }) => name));
    const lost = [...change.install, ...change.remove].filter(({ name }) => !isKnown.has(name));
    return [...open(change, places), ...lost.map(({ name }) => `packages_keep ${name} || exit 1`)];
  },
  renderChange: (change, places) => [
    ...open(change, places),
    ...change.remove.map(({ name }) => `packages_drop ${name} || exit 1`),
    ...change.install.map((each) => {
      const about = [each.name, each.version, each.architecture, markOf(each), quote(fileOf(each))];
      return `packages_put ${about.join(" ")} || exit 1`;
    }),
    ...change.mark.map((each) => `packages_mark ${each.name} ${markOf(each)} || exit 1`),
    ...change.install.map(({ architecture, name, version }) => {
      return `packages_assert ${name} ${quote(`${name} ${version} ${architecture}`)} || exit 1`;
    }),
  ],
  renderGiveBack: ({ paths }, places) => [
    ...open(nothing, places),
    ...paths.map((path) => `packages_give ${quote(path)} || exit 1`),
  ],
  renderTakeBack: ({ root, state }) => [`packages_take_back ${root} ${state}`],
  // What was begun is known by its mark, and nothing else is left.
  renderSweep: () => [],
};

const nothing: PackageChange = { install: [], remove: [], mark: [], owned: [] };

function parseLine(line: string): InstalledPackage {
  const [name = "", version = "", architecture = "", mark, state] = line.split(/ +/);
  return { name, version, architecture, isAsked: mark === "asked", state: state === "installed" ? state : "broken" };
}

function open({ install, owned }: PackageChange, { files, root, state }: PackagePlaces): string[] {
  return [
    `packages_open ${root} ${files} ${state} || exit 1`,
    `packages_owned=${quote(["", ...owned, ""].join("\n"))}`,
    `packages_coming=${quote(["", ...install.map(({ name }) => name), ""].join(" "))}`,
  ];
}

function fileOf(each: PackageToInstall): string {
  return memoryTarget.fileNameOf(each);
}

function markOf({ isAsked }: { readonly isAsked: boolean }): string {
  return isAsked ? "asked" : "needed";
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
