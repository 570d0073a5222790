import type { PackageUser } from "@firn/package-manager";

const info = "/var/lib/dpkg/info";

/**
 * Writes a script that prints which units run, which files installed packages
 * have, and which files processes have open, as `parseUsers` reads it. Needs
 * coreutils and systemctl; prints little where no systemd runs.
 *
 * @param names packages, without architecture
 */
export function renderUsersQuery(names: readonly string[]): string {
  const lists = names.map((name) => `${info}/${name}.list ${info}/${name}:*.list`);
  return [
    "LC_ALL=C; export LC_ALL",
    "[ -d /run/systemd/system ] || exit 0",
    "echo '# units'",
    "systemctl list-units --plain --no-legend --no-pager --full --state=active,activating,reloading",
    "echo '# lists'",
    // With one more file than there may be, each has its name above it.
    `head -v -n -0 -- /dev/null ${lists.join(" ")} 2>/dev/null`,
    "echo '# groups'",
    "head -v -n -0 -- /dev/null /proc/[0-9]*/cgroup 2>/dev/null",
    "echo '# maps'",
    "head -v -n -0 -- /dev/null /proc/[0-9]*/maps 2>/dev/null | tr -s ' ' | cut -d ' ' -f 2,6- | uniq",
    "echo '# end'",
  ].join("\n");
}

/** Reads what that script printed: units that run and are of one of the packages, or use files of one. */
export function parseUsers(text: string): PackageUser[] {
  const sections = new Map(
    text.split(/^# /m).map((section) => {
      const end = section.indexOf("\n");
      return [section.slice(0, end), section.slice(end + 1)] as const;
    }),
  );
  const units = (sections.get("units") ?? "").split("\n").map((line) => line.split(" ", 1)[0] ?? "");
  const owners = ownersOf(sections.get("lists") ?? "");
  const own = units.flatMap((unit) => {
    const owner = owners.units.get(unit) ?? owners.units.get(unit.replace(/@.*(?=\.\w+$)/, "@"));
    return owner === undefined ? [] : [{ unit, package: owner, isOwn: true }];
  });
  return [...own, ...findUsers({ sections, owners, running: new Set(units) })];
}

interface Owners {
  /** Packages by the names of their unit files. */
  readonly units: ReadonlyMap<string, string>;
  /** Packages by the paths of their files, as the kernel names them. */
  readonly files: ReadonlyMap<string, string>;
}

function ownersOf(lists: string): Owners {
  const units = new Map<string, string>();
  const files = new Map<string, string>();
  for (const { lines, name } of readFiles(lists)) {
    const owner = /([^/:]+)(?::[^/]*)?\.list$/.exec(name)?.[1] ?? "";
    for (const path of lines) {
      const unit = /\/systemd\/system\/([^/]+\.[a-z]+)$/.exec(path)?.[1];
      if (unit !== undefined) units.set(unit, owner);
      // Packages may still say /lib where /usr/lib is meant.
      files.set(path.replace(/^\/(bin|sbin|lib\w*)\//, "/usr/$1/"), owner);
    }
  }
  return { units, files };
}

function findUsers({
  owners,
  running,
  sections,
}: {
  sections: ReadonlyMap<string, string>;
  owners: Owners;
  running: ReadonlySet<string>;
}): PackageUser[] {
  const unitOf = new Map<string, string>();
  for (const { lines, name } of readFiles(sections.get("groups") ?? "")) {
    const groups = lines.filter((line) => /^\d+:(?:name=systemd)?:/.test(line));
    const units = groups.map((group) => unitOfGroup(group, running));
    unitOf.set(name.split("/")[2] ?? "", units.find((unit) => unit !== "") ?? "");
  }
  const found = new Map<string, PackageUser>();
  let process = "";
  for (const line of (sections.get("maps") ?? "").split("\n")) {
    const header = /^\/proc\/(\d+)\/maps$/.exec(line)?.[1];
    if (header !== undefined) process = header;
    const path = line.slice(line.indexOf(" ") + 1).replace(/ \(deleted\)$/, "");
    const owner = owners.files.get(path.replace(/^\/(bin|sbin|lib\w*)\//, "/usr/$1/"));
    const unit = unitOf.get(process) ?? "";
    if (owner !== undefined && unit !== "") found.set(`${unit} ${owner}`, { unit, package: owner, isOwn: false });
  }
  return [...found.values()];
}

/** The innermost unit that systemd knows: what is below may be anything of its own. */
function unitOfGroup(group: string, running: ReadonlySet<string>): string {
  const parts = group.slice(group.indexOf("/") + 1).split("/");
  return parts.findLast((part) => running.has(part) && /\.(?:service|scope)$/.test(part)) ?? "";
}

/** Splits what `head -v` printed. */
function readFiles(text: string): { readonly name: string; readonly lines: readonly string[] }[] {
  const files: { name: string; lines: string[] }[] = [];
  for (const line of text.split("\n")) {
    const name = /^==> (.*) <==$/.exec(line)?.[1];
    if (name !== undefined) files.push({ name, lines: [] });
    else if (line !== "") files.at(-1)?.lines.push(line);
  }
  return files;
}
