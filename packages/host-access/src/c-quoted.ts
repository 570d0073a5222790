const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

/**
 * Reads the texts in double quotes, escaped as in C, that a line consists of but
 * for what stands between them: `"a" -> "b"` gives a and b. Bytes that are not
 * UTF-8 become U+FFFD, as Node reads them.
 */
export function parseQuotedTexts(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, escaped = ""]) => {
    const bytes = [...escaped.matchAll(/\\([0-7]{3})|\\(.)|[^\\]+/gs)].map(([plain, octal, letter]) => {
      if (octal !== undefined) return Buffer.from([Number.parseInt(octal, 8)]);
      if (letter === undefined) return Buffer.from(plain);
      const code = escapes[letter];
      return code === undefined ? Buffer.from(letter) : Buffer.from([code]);
    });
    return Buffer.concat(bytes).toString();
  });
}
