import { checkSpecifiers } from "./check-specifiers.ts";
import { splitRawWords, unquote } from "./split-words.ts";

/**
 * Checks a command line of a unit: its quotes, its specifiers, and that each
 * command is an absolute path or the bare name of a program. It may start with
 * the prefixes "-", "@", ":" and one of "+", "!", "!!".
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
 */
export function checkExecLine(value: string): string | undefined {
  const commands = splitCommands(value);
  if (commands === undefined) return "A quote is not closed";
  const { problem } = checkSpecifiers(value);
  return problem ?? commands.map(checkCommand).find((wrong) => wrong !== undefined);
}

/** Splits a command line into its commands, which a lone semicolon ends; undefined when a quote is not closed. */
export function splitCommands(value: string): string[][] | undefined {
  const words = splitRawWords(value);
  if (words === undefined) return undefined;
  const commands: string[][] = [[]];
  for (const word of words) {
    const command = commands.at(-1) ?? [];
    if (word === ";" && command.length > 0) commands.push([]);
    else command.push(unquote(word));
  }
  return commands.filter((command) => command.length > 0);
}

function checkCommand([first = "", ...others]: readonly string[]): string | undefined {
  const { path, prefixes } = splitPrefixes(first);
  if (path === "") return "There is no program after the prefix";
  if (prefixes.includes("@") && others.length === 0)
    return 'After the prefix "@", the name that the program is called by follows its path';
  if (path.includes("%")) return undefined;
  if (path.endsWith("/")) return `"${path}" is a folder, not a program`;
  return path.startsWith("/") || !path.includes("/")
    ? undefined
    : `A command is an absolute path or the bare name of a program, and "${path}" is neither`;
}

/** Splits what systemd is told of a command from its path. */
function splitPrefixes(word: string): { prefixes: string; path: string } {
  let length = 0;
  while (isPrefix(word.charAt(length), word.slice(0, length))) length++;
  return { prefixes: word.slice(0, length), path: word.slice(length) };
}

function isPrefix(character: string, before: string): boolean {
  if (character === "+") return !/[+!]/.test(before);
  if (character === "!") return !before.includes("+") && !/!.*!/.test(before);
  return /^[-@:]$/.test(character) && !before.includes(character);
}
