/** Quotes a text for the shell, where it needs quotes. */
export function quote(text: string): string {
  return /^[\w./@:+,%=~][\w./@:+,%=~-]*$/.test(text) && !text.startsWith("~")
    ? text
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** How many words stand in one line at most. */
const longest = 400;

/** Writes calls of a function for any number of words; functions of the shell have no limit, but readers of its text have one. */
export function callWithAll(name: string, words: readonly string[]): string[] {
  const calls: string[] = [];
  for (let first = 0; first < words.length; first += longest) {
    calls.push([name, ...words.slice(first, first + longest).map(quote)].join(" "));
  }
  return calls;
}
