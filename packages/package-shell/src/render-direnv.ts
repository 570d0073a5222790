import { quoteWord } from "./quote-word.ts";

/** What direnv is to load. */
export interface DirenvShell {
  readonly tree: string;
  /** Folder of the wrappers that its programs are started by. */
  readonly wrappers: string;
  /** What FIRN_SHELL says. */
  readonly name: string;
  /** Variables that the shell sets. @default none */
  readonly set?: Readonly<Record<string, string>>;
}

/**
 * Renders the lines that bring a shell into the one that direnv serves, as sh
 * reads them. That one goes on to see the machine's /usr, where no program of
 * the tree would run: PATH leads to wrappers, each of which enters the tree.
 * Manuals and completions are data, and are found where they are.
 */
export function renderDirenv({ name, set = {}, tree, wrappers }: DirenvShell): string {
  return [
    `export PATH=${quoteWord(wrappers)}:"$PATH"`,
    // An empty part stands for what man looks through by itself.
    `export MANPATH=${quoteWord(`${tree}/usr/share/man`)}:"\${MANPATH-}"`,
    `export XDG_DATA_DIRS=${quoteWord(`${tree}/usr/share`)}:"\${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"`,
    `export FIRN_SHELL=${quoteWord(name)}`,
    ...Object.entries(set).map(([variable, value]) => `export ${variable}=${quoteWord(value)}`),
    "",
  ].join("\n");
}
