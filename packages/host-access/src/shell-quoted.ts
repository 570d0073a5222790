/** Quotes a text so that a POSIX shell takes it as one word, whatever it holds but NUL. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
