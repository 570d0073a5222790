import { orderVariables, type Variables } from "./order-variables.ts";
import { parseValue, type ValuePiece } from "./variable-value.ts";

/** What an environment is made of. */
export interface Environment {
  readonly variables: Variables;
  readonly shellAliases: { readonly [name: string]: string };
  readonly shellInit: string;
}

/** Tells whether there is nothing to write. */
export function isEmptyEnvironment({ variables, shellAliases, shellInit }: Environment): boolean {
  return shellInit === "" && [variables, shellAliases].every((each) => Object.keys(each).length === 0);
}

/** Renders lines for sh, which can run twice and make the same of the environment as once. */
export function renderShell({ shellAliases, shellInit, variables }: Environment): string {
  return [
    "# Written by Firn: firn why HOST and this path lead to the definitions.\n",
    ...orderVariables(variables).map(([name, value]) => renderExport(name, parseValue(value))),
    renderAliases(shellAliases),
    shellInit === "" || shellInit.endsWith("\n") ? shellInit : `${shellInit}\n`,
  ].join("");
}

function renderExport(name: string, pieces: readonly ValuePiece[]): string {
  const line = `export ${name}=${quoteForShell(pieces)}\n`;
  const [first = -1, second] = pieces.flatMap((piece, index) =>
    "name" in piece && piece.name === name ? [index] : [],
  );
  if (first < 0 || second !== undefined) return line;
  // A shell in a shell would put the same in front of it again.
  const [before, after] = [pieces.slice(0, first), pieces.slice(first + 1)].map(quoteForShell);
  return `case "\${${name}-}" in ${before}*${after}) export ${name} ;; *) ${line.trimEnd()} ;; esac\n`;
}

function quoteForShell(pieces: readonly ValuePiece[]): string {
  const parts = pieces.map((piece) =>
    "name" in piece ? `\${${piece.name}-}` : piece.text.replaceAll(/["\\`$]/g, String.raw`\$&`),
  );
  return `"${parts.join("")}"`;
}

/** Scripts that read the same file must not get them, and some shells would use them there. */
function renderAliases(aliases: { readonly [name: string]: string }): string {
  const lines = Object.entries(aliases)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `alias ${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`);
  return lines.length === 0 ? "" : `case $- in *i*)\n${lines.join("")};; esac\n`;
}

/**
 * Renders variables for the users' systemd.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/environment.d.html
 */
export function renderEnvironmentD({ variables }: Environment): string {
  return orderVariables(variables)
    .map(([name, value]) => `${name}="${parseValue(value).map(escapeForSystemd).join("")}"\n`)
    .join("");
}

function escapeForSystemd(piece: ValuePiece): string {
  if ("name" in piece) return `\${${piece.name}}`;
  return piece.text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll("$", "$$$$");
}
