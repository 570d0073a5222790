import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { compile, type CompilerError, parseErrors } from "./compiler.ts";
import { hasMessage, readExpectedErrors } from "./expected-errors.ts";

const folder = join(import.meta.dirname, "fixtures");
const fixtures = readdirSync(folder).filter((name) => name.endsWith(".ts"));

/** Longest first line that is read at a glance; what may be longer is in the list below. */
const readable = 200;

/** The compiler's own words about "undefined" take 120 of them, and what `config` is given has no name. */
const longer = ["TS2375", "TS2379", "Property 'hostname' does not exist"];

let errors: readonly CompilerError[] = [];
beforeAll(() => {
  errors = compile(folder);
}, 60_000);

const textOf = ({ code, message }: CompilerError): string => `${code} ${message}`;

describe("the compiler", () => {
  test.each(fixtures)("says of %s what it expects, where it expects it, and nothing else", (name) => {
    const expected = readExpectedErrors(readFileSync(join(folder, name), "utf8"));
    const found = errors.filter(({ file }) => file === name);
    const at = ({ line, column, code }: { line: number; column: number; code: string }): string =>
      `${name}(${line},${column}) ${code}`;
    expect(found.map(at)).toEqual(expected.map(at));
    for (const [index, { message }] of expected.entries()) {
      const said = found[index]?.message ?? "";
      expect(hasMessage(said, message), `"${said}" is not "${message}"`).toBe(true);
    }
  });

  test("finds no error outside of the fixtures", () => {
    expect(errors.filter(({ file }) => !fixtures.includes(file))).toEqual([]);
  });

  test("says what is wrong in a line that can be read", () => {
    const long = errors.filter(({ message }) => message.length > readable);
    expect(long.filter((error) => !longer.some((start) => textOf(error).includes(start))).map(textOf)).toEqual([]);
  });

  test("names the place of an option, and never all that is declared there", () => {
    const definitions = errors.filter(({ file }) => file !== "declared-wrongly.ts");
    expect(
      definitions.filter(({ message }) => /\bOption(Type)?<|DeclaredBy|Record</.test(message)).map(textOf),
    ).toEqual([]);
  });
});

describe("parseErrors", () => {
  test("keeps what stands below an error with it", () => {
    expect(parseErrors("a.ts(1,2): error TS3: first\n  second\n    third\nb.ts(4,5): error TS6: other\n")).toEqual([
      { file: "a.ts", line: 1, column: 2, code: "TS3", message: "first", detail: ["  second", "    third"] },
      { file: "b.ts", line: 4, column: 5, code: "TS6", message: "other", detail: [] },
    ]);
  });

  test("refuses what is no error", () => {
    expect(() => parseErrors("error TS5083: Cannot read file")).toThrow("Cannot read what the compiler says");
  });
});

describe("readExpectedErrors", () => {
  test("reads several for one line", () => {
    expect(readExpectedErrors("// TS1 at b: one\n  // TS2 at a: two…\n  a = b;")).toEqual([
      { line: 3, column: 7, code: "TS1", message: "one" },
      { line: 3, column: 3, code: "TS2", message: "two…" },
    ]);
  });

  test("refuses a text that the line does not have", () => {
    expect(() => readExpectedErrors("// TS1 at c: one\na = b;")).toThrow('Cannot find "c" in line 2');
  });
});

describe("hasMessage", () => {
  test.each([
    ["Type 'a' is wrong.", "Type 'a' is wrong.", true],
    ["Type 'a' is wrong.", "…is wrong.", true],
    ["Type 'a' is wrong.", "Type…wrong.", true],
    ["Type 'a' is wrong.", "Type 'a'", false],
    ["Type 'a' is wrong.", "Type 'a' is wrong?", false],
  ])("of %s and %s is %s", (message, expected, result) => expect(hasMessage(message, expected)).toBe(result));
});
