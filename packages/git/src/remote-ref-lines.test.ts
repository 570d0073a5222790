import { describe, expect, test } from "vitest";
import { parseRemoteRefs } from "./remote-ref-lines.ts";

const one = "1".repeat(40);
const two = "2".repeat(40);

describe("parseRemoteRefs", () => {
  test("leaves out names that nobody may ask for, and refs of other kinds", () => {
    const names = [
      "refs/heads/ok",
      "refs/heads/-x",
      "refs/heads/a..b",
      "refs/tags/a:b",
      "refs/tags/x^{}^{}",
      "refs/pull/1/head",
      "refs/remotes/origin/HEAD",
    ];
    const { value } = parseRemoteRefs(names.map((name) => `${one}\t${name}\n`).join(""));
    expect(value).toEqual({ branches: new Map([["ok", one]]), tags: new Map() });
  });

  test("takes the second line of a tag for its commit", () => {
    const { value } = parseRemoteRefs(`${one}\trefs/tags/v1\n${two}\trefs/tags/v1^{}\n`);
    expect(value?.tags).toEqual(new Map([["v1", { commit: two, tagObject: one }]]));
  });

  test.each([
    ["no id", `main\trefs/heads/main\n`],
    ["an id that is cut off", `${one.slice(1)}\trefs/heads/main\n`],
    ["an option", `--upload-pack=x\trefs/heads/main\n`],
    ["no name", `${one}\n`],
    ["a third column", `${one}\trefs/heads/main\tx\n`],
    ["spaces", `${one} refs/heads/main\n`],
    ["a symbolic ref", `ref: refs/heads/main\tHEAD\n`],
  ])("refuses the whole answer for a line with %s", (_name, text) => {
    const { value, problem } = { problem: "", value: undefined, ...parseRemoteRefs(`${one}\tHEAD\n${text}`) };
    expect(value).toBeUndefined();
    expect(problem).toMatch(/^The server answered /);
  });
});
