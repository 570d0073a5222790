/** Lists the keys that the origin of what is at a path may have: for a home its relative path is known by its end alone. */
export function keysOfPath(path: string, user?: string): string[] {
  if (user === undefined) return [`file ${path}`, `directory ${path}`];
  const parts = path.split("/");
  const ends = parts.map((_, index) => parts.slice(index + 1).join("/"));
  return ends
    .filter((end) => end !== "")
    .flatMap((end) => [`home-file ${user} ${end}`, `home-directory ${user} ${end}`]);
}

/** Lists the keys that the origin of a unit may have: those of the files that define it. */
export function keysOfUnit(unit: string, user?: string): string[] {
  const names = [unit, `${unit}.d/50-firn.conf`];
  const homes = user === undefined ? [] : names.map((name) => `home-file ${user} .config/systemd/user/${name}`);
  const folder = user === undefined ? "system" : "user";
  return [...homes, ...names.map((name) => `file /etc/systemd/${folder}/${name}`)];
}
