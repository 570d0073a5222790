import { defineModule, evaluate, option } from "firn";
import { describe, expect, test } from "vitest";
import { passwordHash } from "./account-types.ts";

const declared = defineModule({ options: { hash: option({ type: passwordHash, default: null }) } });

function problemsOf(hash: string) {
  return evaluate({ modules: [defineModule({ imports: [declared], config: (_, define) => define({ hash }) })] })
    .diagnostics;
}

const letters = (count: number): string => "a".repeat(count);

describe("passwordHash", () => {
  // One of each method of crypt(5) that Debian 12 has; the lengths are those of its manual page.
  test.each([
    `$y$j9T$${letters(22)}$${letters(43)}`,
    `$gy$j9T$${letters(22)}$${letters(43)}`,
    `$7$CU..../....${letters(22)}$${letters(43)}`,
    `$2b$12$${letters(53)}`,
    `$6$salt$${letters(86)}`,
    `$6$rounds=10000$salt$${letters(86)}`,
    `$5$salt$${letters(43)}`,
    "!",
    "*",
  ])("takes %s", (hash) => {
    expect(problemsOf(hash)).toEqual([]);
  });

  test.each([
    ["a password", "hunter2"],
    ["what looks like DES, as any 13 letters do", "abcdefghijklm"],
    ["a hash that is cut off", `$6$salt$${letters(80)}`],
    ["a second field of shadow(5)", `$6$salt$${letters(86)}:0`],
    ["nothing, with which anyone may log in", ""],
  ])("refuses %s, and does not show it", (_what, hash) => {
    const problems = problemsOf(hash);
    expect(problems).toHaveLength(1);
    const shown = problems.map(({ fix, marks, message, why }) => [message, fix, why, marks.map(({ role }) => role)]);
    expect(hash !== "" && JSON.stringify(shown).includes(hash)).toBe(false);
  });
});
