/** Folders of programs that services have without being told. */
const systemPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** What a service's environment is made of. */
export interface EnvironmentParts {
  readonly environment: { readonly [name: string]: string };
  readonly path: readonly string[];
}

/** Renders the assignments of `Environment=`, one each. */
export function renderEnvironment({ environment, path }: EnvironmentParts): string[] {
  const all = { ...(path.length > 0 && { PATH: [...path, ...systemPath].join(":") }), ...environment };
  return Object.entries(all).map(([name, value]) => renderAssignment(name, value));
}

/** Writes an assignment such that systemd gives the very value: systemd.exec(5), systemd.syntax(7). */
function renderAssignment(name: string, value: string): string {
  const escaped = value
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("%", "%%")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");
  return escaped === value && /^[^\s']*$/.test(value) ? `${name}=${value}` : `"${name}=${escaped}"`;
}
