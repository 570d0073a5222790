import { describe, expect, test } from "vitest";
import { parseAlternatives } from "./alternatives.ts";

/** "LINK PATH PRIORITY", and those of the other links below it. */
function show(script: string): string[] {
  return parseAlternatives(script).flatMap(({ link, others, path, priority }) => [
    `${link} ${path} ${priority}`,
    ...others.map((other) => `  ${other.link} ${other.path}`),
  ]);
}

const cases: readonly (readonly [what: string, script: string, ...found: string[]])[] = [
  ["one", "update-alternatives --install /a/b b /c 5", "/a/b /c 5"],
  ["words before it", "if true; then LC_ALL=C update-alternatives --quiet --install /a a /c -5; fi", "/a /c -5"],
  [
    "lines that go on",
    "update-alternatives \\\n  --install /a a /c 5 \\\n  --slave /b b \\\n\t/d",
    "/a /c 5",
    "  /b /d",
  ],
  ["quotes and comments", "update-alternatives --install \"/a\" 'a' /c 5 # --slave /b b /d", "/a /c 5"],
  ["variables", "dir=/x\nupdate-alternatives --install $dir/a a ${dir}/c 5", "/x/a /x/c 5"],
  [
    "loops",
    "tools='p q'\nfor t in $tools r; do\n  update-alternatives --install /a/$t $t \"/c/$t\" 5\ndone",
    "/a/p /c/p 5",
    "/a/q /c/q 5",
    "/a/r /c/r 5",
  ],
  [
    "loops in loops",
    "for x in 1 2; do for y in 3; do update-alternatives --install /$x$y a /c 5; done; done",
    "/13 /c 5",
    "/23 /c 5",
  ],
  ["what cannot be known", "update-alternatives --install $(where) a /c 5\nupdate-alternatives --install /$a a /c 5"],
  ["what is not offered", "update-alternatives --remove a /c\nupdate-alternatives --auto a"],
  ["no script at all", ""],
];

describe("parseAlternatives", () => {
  test.each(cases)("reads %s", (_what, script, ...found) => {
    expect(show(script)).toEqual(found);
  });
});
