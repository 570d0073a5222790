import type { PackageChange, PackagePlaces, PackageTarget, PackageToInstall } from "@firn/package-manager";
import type { PackageStep, Plan } from "@firn/plan";
import type { Switching } from "./switching.ts";
import { callWith, quote } from "./shell-text.ts";

// Files of packages come from the generations, and those that were there before
// Firn from "$S"/packages/kept, where they are kept until they are back.

/** The same for the way there and the way back: what is to be, and where its files are. */
interface Way {
  readonly change: PackageChange;
  readonly places: PackagePlaces;
  /** Folder of each file that is to be installed, as a shell word, by its name. */
  readonly folders: ReadonlyMap<string, string>;
}

/** Writes the functions that the other lines call. */
export function packageFunctions({ names, plan }: Switching): string[] {
  return plan.packages.length + plan.givenUp.paths.length === 0 || names.packageTarget === undefined
    ? []
    : [names.packageTarget.functions, startPackagedFunction];
}

const startPackagedFunction = `# start_packaged LOG UNIT...: does to services what scripts of packages asked for, but not to units that are planned.
start_packaged() {
  log=$1
  shift
  [ -e "$log" ] || return 0
  while read -r unit action; do
    for planned do [ "$planned" != "$unit" ] || continue 2; done
    case $action in
      start | restart) ;;
      # What goes is stopped as planned, and what stays is not: it ran all the time.
      stop) continue ;;
      *) action=try-reload-or-restart ;;
    esac
    systemctl "$action" -- "$unit" 9>&- </dev/null && continue
    systemctl status --no-pager -n 15 -- "$unit" >&2 || :
    return 1
  done < "$log"
}`;

/** Writes the lines that look whether packages can be changed. */
export function checkPackages(switching: Switching): string[] {
  return write(switching, (target) => {
    const way = wayThere(switching);
    // The journal has another name until the switch begins; what is in it goes along.
    const places = { ...way.places, files: `"$S"/journal.new/packages-new` };
    return [...linkFiles({ ...way, places }), ...target.renderCheck(way.change, places)];
  });
}

/** Writes the lines that keep what only the machine has. */
export function keepPackages(switching: Switching): string[] {
  return write(switching, (target) => {
    const { change, places } = wayThere(switching);
    const known = wayBack(switching).change.install.filter(({ sha256 }) => sha256 !== "");
    return [`mkdir -p -m 0700 -- ${places.state}`, ...target.renderKeep(change, places, known)];
  });
}

/** Writes the lines that change packages. */
export function changePackages(switching: Switching): string[] {
  return write(switching, (target) => {
    const way = wayThere(switching);
    const lines = target.renderChange(way.change, way.places);
    // Whatever scripts of packages leave running does not keep the lock.
    return [`rm -f -- "$S"/packages/services`, `: > "$S"/journal/packages-began`, "{", ...lines, "} 9>&-"];
  });
}

/** Writes the lines that give paths to packages that Firn no longer has anything for. */
export function givePathsBack({ names, plan }: Switching): string[] {
  if (plan.givenUp.paths.length === 0) return [];
  return [...(names.packageTarget?.renderGiveBack(plan.givenUp, placesOfGiven(plan)) ?? [])];
}

/** Writes the lines that take those paths again, so that what was there can come back. */
export function takePathsBack({ names, plan }: Switching): string[] {
  if (plan.givenUp.paths.length === 0) return [];
  const lines = names.packageTarget?.renderTakeBack(placesOfGiven(plan)) ?? [];
  return lines.map((line) => `${line} || bad 'Cannot take back what packages were given'`);
}

/** Writes the lines that do to services what packages asked for. */
export function startPackaged(switching: Switching): string[] {
  const { plan } = switching;
  if (plan.packages.length === 0 || plan.scope.root !== "/") return [];
  return [`[ ! -d /run/systemd/system ] || start_packaged "$S"/packages/services ${plannedUnits(plan)}`.trimEnd()];
}

/** Writes the lines that take changes of packages back. */
export function revertPackages(switching: Switching): string[] {
  return write(switching, (target) => {
    const way = wayBack(switching);
    const lines = [
      ...linkFiles(way),
      ...target.renderChange(way.change, way.places),
      ...target.renderSweep(placesOf(switching.plan, "new")),
    ];
    return [
      `if [ -e "$S"/journal/packages-began ]; then`,
      ...stopPackaged(switching),
      "# The first line that fails ends this; where its status was tested at once, it would not.",
      "( set -eu",
      ...lines,
      ") 9>&-",
      `[ "$?" = 0 ] || bad 'Cannot bring back the packages'`,
      "fi",
    ];
  });
}

/** Writes the lines that, on the way back, restart services of packages that went back. */
export function restartPackaged(switching: Switching): string[] {
  const lines = startPackaged(switching);
  return lines.length === 0
    ? []
    : [
        `if [ -e "$S"/journal/packages-began ]; then`,
        ...lines.map((line) => `  ${line} || bad 'Services of packages do not run'`),
        "fi",
      ];
}

/** What a package is new that started it is stopped while its unit is there. */
function stopPackaged({ plan }: Switching): string[] {
  if (plan.scope.root !== "/" || !plan.packages.some(({ action }) => action === "install")) return [];
  return [
    `  if [ "$mode" != boot ] && [ -e "$S"/packages/services ]; then`,
    `    while read -r unit action; do [ "$action" != start ] || systemctl stop -- "$unit" 9>&- || :; done < "$S"/packages/services`,
    "  fi",
  ];
}

/** Writes the lines that remove what is kept of packages and no longer needed; `when` says on which side of the switch. */
export function forgetPackages({ plan }: Switching, when: "before" | "after"): string[] {
  if (plan.packages.length === 0) return [];
  const needed = when === "before" ? plan.keptPackages.before : plan.keptPackages.after;
  const pattern = needed.length === 0 ? "''" : needed.map(quote).join(" | ");
  return [
    `for file in "$S"/packages/kept/*; do`,
    `  case \${file##*/} in ${pattern}) ;; *) rm -f -- "$file" ;; esac`,
    "done",
    `for file in "$S"/packages/*; do [ "$file" = "$S"/packages/kept ] || rm -rf -- "$file"; done`,
    `for folder in "$S"/packages/kept "$S"/packages; do rmdir -- "$folder" 2>/dev/null || :; done`,
  ];
}

function write({ names, plan }: Switching, lines: (target: PackageTarget) => readonly string[]): string[] {
  return plan.packages.length === 0 || names.packageTarget === undefined ? [] : [...lines(names.packageTarget)];
}

function wayThere({ plan }: Switching): Way {
  const changed = plan.packages.filter(({ action }) => action !== "mark");
  const install = changed.flatMap(({ after, ...step }) => (after === undefined ? [] : [toInstall(step, after)]));
  return {
    change: {
      install,
      remove: changed.flatMap(({ after, architecture, before, name }) =>
        after === undefined && before !== undefined ? [{ name, architecture, version: before.version }] : [],
      ),
      mark: marks(plan, ({ after }) => after?.isAsked === true),
      owned: plan.ownedPaths,
    },
    places: placesOf(plan, "new"),
    folders: new Map(
      changed.flatMap(({ after }) =>
        after === undefined ? [] : [[after.file, after.content === undefined ? kept : `"$G"/packages`] as const],
      ),
    ),
  };
}

function wayBack({ plan }: Switching): Way {
  const changed = plan.packages.filter(({ action }) => action !== "mark");
  const known = plan.from && `"$S"/store/generations/${quote(plan.from.name)}/packages`;
  return {
    change: {
      install: changed.flatMap(({ before, contentBefore = "", ...step }) =>
        before === undefined ? [] : [toInstall(step, { ...before, content: contentBefore })],
      ),
      remove: changed.flatMap(({ after, architecture, before, name }) =>
        before === undefined && after !== undefined ? [{ name, architecture, version: after.version }] : [],
      ),
      mark: marks(plan, ({ before }) => before?.isAsked === true),
      owned: plan.ownedPaths,
    },
    places: placesOf(plan, "old"),
    folders: new Map(
      changed.flatMap(({ contentBefore, fileBefore }) =>
        fileBefore === undefined ? [] : [[fileBefore, contentBefore === undefined ? kept : (known ?? kept)] as const],
      ),
    ),
  };
}

const kept = `"$S"/packages/kept`;

function placesOf({ scope }: Plan, which: "new" | "old"): PackagePlaces {
  const root = scope.root === "/" ? "/" : '"$R"';
  const files = `"$S"/journal/packages-${which}`;
  return { root, files, state: `"$S"/packages`, scratch: `"$S"/journal.new` };
}

/** Any package of the generation may be the one that has something; without one, those of before Firn. */
function placesOfGiven({ scope, to }: Plan): PackagePlaces {
  const root = scope.root === "/" ? "/" : '"$R"';
  return { root, files: to === undefined ? kept : `"$G"/packages`, state: `"$S"/journal/given` };
}

function toInstall(
  { architecture, name }: Pick<PackageStep, "architecture" | "name">,
  { content = "", isAsked, version }: { version: string; isAsked: boolean; content?: string },
): PackageToInstall {
  return { name, version, architecture, sha256: content, isAsked };
}

function marks(plan: Plan, isAsked: (step: PackageStep) => boolean): PackageChange["mark"] {
  return plan.packages
    .filter(({ action }) => action === "mark")
    .map((step) => ({ name: step.name, architecture: step.architecture, isAsked: isAsked(step) }));
}

/** A file of each package in one folder. */
function linkFiles({ folders, places }: Way): string[] {
  const byFolder = new Map<string, string[]>();
  for (const [file, folder] of folders)
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), `${folder}/${quote(file)}`]);
  return [
    `rm -rf -- ${places.files}`,
    `mkdir -- ${places.files}`,
    ...[...byFolder.values()].flatMap((files) => callWith(`ln -s -t ${places.files} --`, files)),
  ];
}

function plannedUnits({ units }: Plan): string {
  const planned = units.filter(({ user }) => user === undefined).map(({ unit }) => quote(unit));
  return planned.join(" ");
}
