import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Entries of a machine's package sources, by the ending of a file that holds them: "list" has a line for each, "sources" a paragraph. */
export interface AptSources {
  readonly list: string;
  readonly sources: string;
}

/**
 * Reads where a machine gets the packages of a suite from: its entries for the
 * suite itself, its updates and its security updates, as they stand there.
 *
 * @param folder /etc/apt, or what stands for it
 */
export function readAptSources(folder: string, suite: string): AptSources {
  const more = join(folder, "sources.list.d");
  const names = existsSync(more) ? readdirSync(more).toSorted() : [];
  const read = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");
  const textOf = (ending: string): string[] =>
    names.filter((name) => name.endsWith(ending)).map((name) => read(join(more, name)));
  const lines = [read(join(folder, "sources.list")), ...textOf(".list")].join("\n").split("\n");
  const paragraphs = textOf(".sources").flatMap((text) => text.split(/\n\s*\n/));
  return {
    list: lines.filter((line) => isWantedLine(line, suite)).join("\n"),
    sources: paragraphs.filter((paragraph) => isWantedParagraph(paragraph, suite)).join("\n\n"),
  };
}

function isWantedLine(line: string, suite: string): boolean {
  const name = /^\s*deb\s+(?:\[[^\]]*\]\s*)?\S+\s+(\S+)/.exec(line)?.[1];
  return name !== undefined && isOfSuite(name, suite);
}

function isWantedParagraph(paragraph: string, suite: string): boolean {
  const field = (name: string): string => new RegExp(`^${name}:(.*)$`, "im").exec(paragraph)?.[1]?.trim() ?? "";
  if (!/\bdeb(\s|$)/.test(field("Types")) || /^(no|false|off|without)$/i.test(field("Enabled"))) return false;
  const suites = field("Suites").split(/\s+/);
  return suites.every((name) => isOfSuite(name, suite));
}

function isOfSuite(name: string, suite: string): boolean {
  return [suite, `${suite}-updates`, `${suite}-security`].includes(name);
}
