/**
 * Writes a script that prints what scripts of packages that are not installed
 * yet would start, as `parseStarts` reads it. Needs dpkg-deb and tar.
 *
 * @param files of packages, as shell words
 */
export function renderStartsQuery(files: readonly string[]): string {
  return files
    .map(
      (file) => `echo '# next'; dpkg-deb --ctrl-tarfile ${file} 2>/dev/null | tar -xOf - ./postinst 2>/dev/null || :`,
    )
    .join("\n");
}

/** What scripts of Debian call to start or restart units; their names follow, in quotes or without. */
const invocation = /deb-systemd-invoke(?: --\S+)* (?:start|restart|"?\$\w+"?) ([^|&;>]*)/g;

/** Reads what that script printed: for each file, in their order, the units that would be started. */
export function parseStarts(text: string): string[][] {
  const scripts = text.split("# next\n").slice(1);
  return scripts.map((script) => {
    const units = [...script.matchAll(invocation)].flatMap(([, names = ""]) => names.split(/[\s'"]+/));
    return [...new Set(units.filter((unit) => /^[\w@:.\\-]+\.(?:service|socket|timer|path|target|mount)$/.test(unit)))];
  });
}
