import { readCommands } from "./shell-commands.ts";

/** A link that leads to a file of a package. */
export interface AlternativeLink {
  /** Absolute path of the link. */
  readonly link: string;
  /** Absolute path of what it leads to. */
  readonly path: string;
}

/** What a package offers for a name that several packages offer something for: "editor", "awk". */
export interface Alternative extends AlternativeLink {
  /** The highest is taken. */
  readonly priority: number;
  /** Links that go where the first goes: its manual, other names of it. */
  readonly others: readonly AlternativeLink[];
}

/** Reads which alternatives the script that configures a package registers. */
export function parseAlternatives(script: string): Alternative[] {
  if (!script.includes("update-alternatives")) return [];
  return readCommands(script).flatMap((words) => {
    const start = words.findIndex((word) => /(?:^|\/)update-alternatives$/.test(word));
    return start < 0 ? [] : (parseInstall(words.slice(start + 1)) ?? []);
  });
}

function parseInstall(words: readonly string[]): Alternative | undefined {
  const start = words.indexOf("--install");
  if (start < 0) return undefined;
  const [link = "", , path = "", priority = ""] = words.slice(start + 1);
  if (!isPath(link) || !isPath(path)) return undefined;
  const others = words.flatMap((word, index) => {
    const [other = "", , leadsTo = ""] = words.slice(index + 1);
    return word === "--slave" && isPath(other) && isPath(leadsTo) ? [{ link: other, path: leadsTo }] : [];
  });
  return { link, path, priority: Number.parseInt(priority, 10) || 0, others };
}

/** Whether nothing in it is left to be expanded. */
function isPath(word: string): boolean {
  return /^\/[^$`*?]+$/.test(word);
}
