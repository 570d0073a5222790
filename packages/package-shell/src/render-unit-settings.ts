/** A package of the tree that a service runs in. */
interface PackageOfService {
  readonly name: string;
}

/**
 * Renders the lines of a unit's [Service] by which it runs in a tree: its
 * programs see the usr of the tree at /usr. They do not depend on whether the
 * tree is there already.
 *
 * @param packages of the tree: with locales-all it knows the language of the machine; otherwise none but C is used
 */
export function renderUnitSettings(tree: string, packages: readonly PackageOfService[] = []): string[] {
  const lines = [`BindReadOnlyPaths=${renderPath(`${tree}/usr`)}:/usr`];
  return packages.some(({ name }) => name === "locales-all") ? lines : [...lines, "Environment=LC_ALL=C.UTF-8"];
}

/** What systemd reads as one path, whatever is in it. */
function renderPath(path: string): string {
  const escaped = path.replaceAll("\\", "\\\\").replaceAll(":", "\\:").replaceAll("%", "%%").replaceAll('"', '\\"');
  return /[\s"']/.test(path) ? `"${escaped}"` : escaped;
}
