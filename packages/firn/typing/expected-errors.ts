/** An error that a fixture expects, written in comments before the line where it must stand. */
export interface ExpectedError {
  readonly line: number;
  readonly column: number;
  readonly code: string;
  /** The first line of the message, with "…" for any text. */
  readonly message: string;
}

const marker = /^\s*\/\/ (?<code>TS\d+) at (?<token>.+?): (?<message>.+)$/;

/**
 * Reads the errors that a source expects: `// TS2322 at port: Type … is not assignable to type …` before a line
 * says that the error stands at the first "port" of that line, from 1.
 *
 * @throws Error when the line does not have the text
 */
export function readExpectedErrors(source: string): ExpectedError[] {
  const expected: ExpectedError[] = [];
  let markers: Record<string, string>[] = [];
  for (const [index, text] of source.split("\n").entries()) {
    const groups = marker.exec(text)?.groups;
    if (groups !== undefined) {
      markers.push(groups);
      continue;
    }
    for (const { code = "", token = "", message = "" } of markers) {
      const column = text.indexOf(token) + 1;
      if (column === 0) throw new Error(`Cannot find "${token}" in line ${index + 1}: ${text}`);
      expected.push({ line: index + 1, column, code, message });
    }
    markers = [];
  }
  return expected;
}

/** Tells whether a message is the expected one. */
export function hasMessage(message: string, expected: string): boolean {
  const parts = expected.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`).test(message);
}
