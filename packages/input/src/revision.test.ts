import { isObjectId, problemOfRefName } from "@firn/input";
import { describe, expect, test } from "vitest";

const sha1 = "4cc75d1b76f8ae6f9d8a0efe8a1cd74958e6c4cd";

describe("isObjectId", () => {
  test.each([sha1, "0".repeat(40), "f".repeat(64)])("accepts %s", (text) => {
    expect(isObjectId(text)).toBe(true);
  });

  test.each([
    "",
    sha1.slice(1),
    `${sha1}0`,
    sha1.toUpperCase(),
    `${sha1}\n`,
    ` ${sha1}`,
    "g".repeat(40),
    "--output=F",
    "HEAD",
    `${sha1}^{}`,
  ])("refuses %j", (text) => {
    expect(isObjectId(text)).toBe(false);
  });
});

describe("problemOfRefName", () => {
  test.each([
    "main",
    "refs/heads/main",
    "feature/a-b_c",
    "v1.0.0",
    "packages/ui/v1.2.3",
    "@scope/pkg@1.2.3",
    "Ünïcode",
    "a.b",
    "a@b",
    "x.locks",
  ])("accepts %s", (name) => {
    expect(problemOfRefName(name)).toBeUndefined();
  });

  test.each([
    ["", "it is empty"],
    ["@", 'it is "@", which git reads as HEAD'],
    ["--output=F", 'it starts with "-", which git would take for an option'],
    ["main:refs/heads/x", 'it has ":"'],
    ["+main", 'it starts with "+", by which git overwrites'],
    ["main^", 'it has "^"'],
    ["main~1", 'it has "~"'],
    ["refs/heads/*", 'it has "*"'],
    ["a?", 'it has "?"'],
    ["a[b", 'it has "["'],
    ["a\\b", 'it has "\\\\"'],
    ["a b", 'it has " "'],
    ["a\nb", 'it has "\\n"'],
    ["a\u007f", `it has ${JSON.stringify("\u007f")}`],
    ["a..b", 'it has "..", "@{" or "//"'],
    ["a@{1}", 'it has "..", "@{" or "//"'],
    ["a//b", 'it has "..", "@{" or "//"'],
    [".a", 'a part of it starts with "." or ends with ".lock"'],
    ["a/.b", 'a part of it starts with "." or ends with ".lock"'],
    ["a.lock", 'a part of it starts with "." or ends with ".lock"'],
    ["a.lock/b", 'a part of it starts with "." or ends with ".lock"'],
    ["/a", 'it starts or ends with "/", or ends with "."'],
    ["a/", 'it starts or ends with "/", or ends with "."'],
    ["a.", 'it starts or ends with "/", or ends with "."'],
  ])("refuses %j: %s", (name, problem) => {
    expect(problemOfRefName(name)).toBe(problem);
  });
});
