import type { InstalledPackage } from "@firn/package-manager";

/** What dpkg-query says of each package: its state in three letters, and what it is. */
export const queryFormat = "${db:Status-Abbrev}|${Package}|${Architecture}|${Version}\\n";

/**
 * Writes a script that prints what dpkg has installed, and what apt remembers of it. Needs no root.
 *
 * @param root shell word
 */
export function renderQuery(root: string): string {
  return [
    `packages_root=${root} && packages_root=\${packages_root%/}`,
    `[ -e "$packages_root/var/lib/dpkg/status" ] && command -v dpkg-query >/dev/null || exit 0`,
    "echo '# packages'",
    `LC_ALL=C dpkg-query --admindir="$packages_root/var/lib/dpkg" -W -f '${queryFormat}'`,
    "echo '# marks'",
    `[ ! -e "$packages_root/var/lib/apt/extended_states" ] || cat "$packages_root/var/lib/apt/extended_states"`,
  ].join("\n");
}

/** Reads what that script printed, sorted by name and architecture; undefined when dpkg is not there. */
export function parseInstalled(text: string): InstalledPackage[] | undefined {
  const [, packages, marks = ""] = /^# packages\n([^#]*)(?:# marks\n([^]*))?$/.exec(text) ?? [];
  if (packages === undefined) return undefined;
  const entries = packages.split("\n").flatMap((line) => {
    const [state = "", name = "", architecture = "", version = ""] = line.split("|");
    // What was never there or was removed, with or without what it left in /etc.
    return line === "" || /^.[nc] /.test(state) ? [] : [{ state, name, architecture, version }];
  });
  // What runs everywhere is marked as being of the architecture that dpkg itself has.
  const native = entries.find(({ name }) => name === "dpkg")?.architecture;
  const needed = parseNeeded(marks);
  const installed = entries.map(({ architecture, name, state, version }): InstalledPackage => {
    const marked = architecture === "all" ? (native ?? architecture) : architecture;
    const isAsked = !needed.has(`${name}:${marked}`);
    return { name, version, architecture, isAsked, state: /^.i $/.test(state) ? "installed" : "broken" };
  });
  return installed.toSorted((one, other) =>
    `${one.name} ${one.architecture}` < `${other.name} ${other.architecture}` ? -1 : 1,
  );
}

/** Finds the packages that nobody asked for, as NAME:ARCHITECTURE. */
function parseNeeded(marks: string): Set<string> {
  const needed = marks.split(/\n\n+/).flatMap((stanza) => {
    const fields = new Map(stanza.split("\n").map((line) => [line.split(":", 1)[0], line.replace(/^[^:]*: */, "")]));
    return fields.get("Auto-Installed") === "1" ? [`${fields.get("Package")}:${fields.get("Architecture")}`] : [];
  });
  return new Set(needed);
}
