const rawWord = /\s*((?:[^\s"'\\]|\\(?:.|$)|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')+)\s*/suy;

/** Splits a value at its spaces, and leaves the words as they are written; undefined when a quote is not closed. */
export function splitRawWords(value: string): string[] | undefined {
  const words: string[] = [];
  const text = value.trim();
  rawWord.lastIndex = 0;
  while (rawWord.lastIndex < text.length) {
    const word = rawWord.exec(text)?.[1];
    if (word === undefined) return undefined;
    words.push(word);
  }
  return words;
}

/**
 * Splits a value at its spaces as systemd does: quotes hold a word together,
 * and a backslash takes the next character as it is. Undefined when a quote is
 * not closed.
 */
export function splitWords(value: string): string[] | undefined {
  return splitRawWords(value)?.map(unquote);
}

const quoted = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|\\(.)/gsu;

/** Takes the quotes off a word. */
export function unquote(word: string): string {
  return word.replace(quoted, (_, ...[double, single, escaped]: (string | undefined)[]) =>
    (escaped ?? double ?? single ?? "").replace(/\\(.)/gsu, "$1"),
  );
}
