import { openSources } from "@firn/loader";
import { describe, expect, test } from "vitest";
import { createFolder, writeAll } from "../test/temporary-flake.ts";

/** Finds a path in the call that a text starts with; gives what stands there, and a question mark when that is not exact. */
async function find(text: string, ...property: string[]): Promise<string> {
  const folder = createFolder();
  writeAll(folder, { "source.ts": `// First.\n  ${text}\n` });
  const sources = await openSources();
  const at = sources.locate({ position: { file: `${folder}/source.ts`, line: 2, column: 3 }, property });
  const lines = ` \n  ${text}`.split("\n");
  const shown = lines[(at?.line ?? 0) - 1]?.slice((at?.column ?? 0) - 1);
  return `${shown}${at?.exact === true ? "" : " ?"}`;
}

describe("a property path", () => {
  test.each<[what: string, text: string, path: string, expected: string]>([
    ["nested literals", "define({ a: 1, b: { c: 2 } })", "b.c", "c: 2 } })"],
    ["more than one line", "define({\n  a: {\n    b: 1,\n  },\n})", "a.b", "b: 1,"],
    ["quoted keys", "define({ \"a\": { 'b': 1, 2: 3 } })", "a.b", "'b': 1, 2: 3 } })"],
    ["keys that are numbers", "define({ a: { 2: 3 } })", "a.2", "2: 3 } })"],
    ["computed keys that are plain text", 'define({ ["a"]: { [`b`]: 1 } })', "a.b", "`b`]: 1 } })"],
    ["shorthand", "define({ a: { b } })", "a.b", "b } })"],
    ["methods", "define({ a: { b() {} } })", "a.b", "b() {} } })"],
    ["the last of doubled keys", "define({ a: 1, a: 2 })", "a", "a: 2 })"],
    ["elements of lists", "define({ a: [{ b: 1 }, { b: 2 }] })", "a.1.b", "b: 2 }] })"],
    ["calls on the way", "define({ a: mkIf(yes, { b: mkForce({ c: 1 }) }) })", "a.b.c", "c: 1 }) }) })"],
    ["a call around everything", "define(mkIf(yes, { a: 1 }))", "a", "a: 1 }))"],
    ["lists of alternatives", "define(mkMerge([{ a: 1 }, mkIf(yes, { b: 2 })]))", "b", "b: 2 })]))"],
    ["what a function returns", "define({ a: ({ name }) => ({ b: name }) })", "a.b", "b: name }) })"],
    [
      "what a block returns",
      "define({ a: () => { const x = () => { return { b: 1 }; }; return { b: 2 }; } })",
      "a.b",
      "b: 2 }; } })",
    ],
    ["both sides of a choice", "define({ a: yes ? { b: 1 } : { c: 2 } })", "a.c", "c: 2 } })"],
    ["spread literals", "define({ ...(yes && { a: { b: 1 } }) })", "a.b", "b: 1 } }) })"],
    [
      "assertions of types",
      "define({ a: { b: 1 } as never } satisfies object)",
      "a.b",
      "b: 1 } as never } satisfies object)",
    ],
    [
      "options of a module",
      "defineModule({ options: { a: { b: option({ type: t }) } } })",
      "options.a.b",
      "b: option({ type: t }) } } })",
    ],
    ["options of a submodule", "submodule({ options: { a: option({}) } })", "a", "a: option({}) } })"],
    [
      "options of a submodule within an option",
      "defineModule({ options: { a: option({ type: attrsOf(submodule({ options: { b: x } })) }) } })",
      "options.a.b",
      "b: x } })) }) } })",
    ],
    ["a call of a method", "firn.define({ a: 1 })", "a", "a: 1 })"],
    ["arguments that are no objects", 'define("x", { a: 1 })', "a", "a: 1 })"],
  ])("leads through %s", async (_what, text, path, expected) => {
    expect(await find(text, ...path.split("."))).toBe(expected);
  });

  test.each<[what: string, text: string, path: string, expected: string]>([
    ["that is spread", "define({ a: { ...rest } })", "a.b", "a: { ...rest } }) ?"],
    ["that is computed", "define({ a: { [key]: 1 } })", "a.b", "a: { [key]: 1 } }) ?"],
    ["in a variable", "define({ a: value })", "a.b", "a: value }) ?"],
    ["below another name only", "define({ x: { a: 1 }, ...rest })", "a", "define({ x: { a: 1 }, ...rest }) ?"],
    ["after a spread in a list", "define({ a: [...rest, { b: 1 }] })", "a.1.b", "a: [...rest, { b: 1 }] }) ?"],
    ["in two places", "define(mkMerge([{ a: 1 }, { a: 2 }]))", "a", "a: 1 }, { a: 2 }])) ?"],
    ["in no literal", "define(value)", "a", "define(value) ?"],
  ])("stops at the deepest literal for a part %s", async (_what, text, path, expected) => {
    expect(await find(text, ...path.split("."))).toBe(expected);
  });

  test("belongs to the innermost call at the position", async () => {
    expect(await find("outer({ a: 1 }).define({ a: 2 })", "a")).toBe("a: 1 }).define({ a: 2 })");
  });

  test("is not looked for in a file that cannot be parsed or is gone", async () => {
    expect(await find("define({ a: } )", "a")).toBe("define({ a: } ) ?");
  });
});
