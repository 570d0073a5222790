/** What an environment is made of. */
export interface Environment {
  readonly variables: { readonly [name: string]: string };
  readonly shellAliases: { readonly [name: string]: string };
  readonly shellInit: string;
}

/** Tells whether there is nothing to write. */
export function isEmptyEnvironment({ shellAliases, shellInit, variables }: Environment): boolean {
  return shellInit === "" && [variables, shellAliases].every((each) => Object.keys(each).length === 0);
}

/** Renders lines for sh: `$NAME` in a variable is replaced, and nothing else is done with it. */
export function renderShell({ shellAliases, shellInit, variables }: Environment): string {
  return [
    "# Written by Firn: firn why HOST and this path lead to the definitions.\n",
    ...sorted(variables).map(([name, value]) => `export ${name}="${value.replaceAll(/["\\`]|\$\(/g, escape)}"\n`),
    ...sorted(shellAliases).map(([name, value]) => `alias ${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`),
    shellInit === "" || shellInit.endsWith("\n") ? shellInit : `${shellInit}\n`,
  ].join("");
}

/** Renders variables for systemd, as environment.d(5) says. */
export function renderEnvironmentD({ variables }: Environment): string {
  return sorted(variables)
    .map(([name, value]) => `${name}="${value.replaceAll(/["\\]/g, String.raw`\$&`)}"\n`)
    .join("");
}

function escape(text: string): string {
  return text === "$(" ? String.raw`\$(` : `\\${text}`;
}

function sorted(values: { readonly [name: string]: string }): [string, string][] {
  return Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
