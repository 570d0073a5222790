/** What variables are known to be. */
type Variables = ReadonlyMap<string, string>;

/** Words of one command as they are written, quotes and variables included. */
type RawCommand = readonly string[];

/**
 * Reads which commands a script of a package would run, without running any:
 * variables that are assigned plain text, and `for` over plain words, are
 * expanded; every branch of an `if` is taken. What cannot be known that way is
 * left as it is written.
 */
export function readCommands(script: string): string[][] {
  return expand(splitCommands(script), new Map());
}

const separators = new Set(["\n", ";", "&", "|", "(", ")"]);

/** A word is pieces that are quoted, escaped or plain, without space between. */
const tokens =
  /\\\n|[ \t]+|#[^\n]*|[\n;&|()]|(?:\$\{[^}\n]*\}|\$\([^)\n]*\)|'[^']*'|"(?:\\[^]|[^"\\])*"|\\[^]|[^\s;&|()'"\\])+|[^]/g;

function splitCommands(script: string): RawCommand[] {
  const commands: string[][] = [[]];
  for (const [token] of script.matchAll(tokens)) {
    if (separators.has(token)) commands.push([]);
    else if (!/^(?:\\\n|[ \t]|#)/.test(token)) commands.at(-1)?.push(token);
  }
  return commands.filter((words) => words.length > 0);
}

/** Words that stand before a command, and say nothing that matters here. */
const leading = new Set(["if", "then", "else", "elif", "do", "!", "{", "while", "until"]);

function expand(commands: readonly RawCommand[], outer: Variables): string[][] {
  const variables = new Map(outer);
  const found: string[][] = [];
  for (let index = 0; index < commands.length; index++) {
    const words = withoutLeading(commands[index] ?? []);
    if (words[0] === "for") {
      const end = findDone(commands, index + 1);
      found.push(...expandLoop(words, commands.slice(index + 1, end), variables));
      index = end;
      continue;
    }
    const assigned = words.length === 1 ? /^(\w+)=([^]*)$/.exec(words[0] ?? "") : null;
    if (assigned) assign(variables, assigned);
    else found.push(words.flatMap((word) => expandWord(word, variables)));
  }
  return found;
}

function withoutLeading(words: RawCommand): RawCommand {
  const start = words.findIndex((word) => !leading.has(word));
  return start < 0 ? [] : words.slice(start);
}

function expandLoop([, name = "", ...list]: RawCommand, body: readonly RawCommand[], variables: Variables): string[][] {
  const words = list.slice(1).flatMap((word) => expandWord(word, variables));
  return words.flatMap((word) => expand(body, new Map(variables).set(name, word)));
}

/** @returns index of the "done" of a loop whose body starts at `start` */
function findDone(commands: readonly RawCommand[], start: number): number {
  let depth = 1;
  for (let index = start; index < commands.length; index++) {
    const words = (commands[index] ?? []).filter((word) => !["then", "else", "do", "{"].includes(word));
    if (["for", "while", "until"].includes(words[0] ?? "")) depth++;
    if (words[0] === "done") depth--;
    if (depth === 0) return index;
  }
  return commands.length;
}

/** What was assigned first is kept: what comes later is mostly for special cases. */
function assign(variables: Map<string, string>, [, name = "", value = ""]: RegExpExecArray): void {
  const text = expandWord(value, variables).join(" ");
  if (!variables.has(name) && !text.includes("$")) variables.set(name, text);
}

/** @returns several where a variable that is not quoted has several words */
function expandWord(word: string, variables: Variables): string[] {
  const isQuoted = /["'\\]/.test(word);
  const text = word.startsWith("'")
    ? word
    : word.replaceAll(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced, plain) => {
        return variables.get(braced ?? plain) ?? whole;
      });
  const unquoted = text.replaceAll(/\\\n/g, "").replaceAll(/'([^']*)'|"((?:\\[^]|[^"\\])*)"|\\([^])/g, "$1$2$3");
  return isQuoted ? [unquoted] : unquoted.split(/\s+/).filter((part) => part !== "");
}
