import { absent, directory, file, link, linkAt, type OddPath, writeAt } from "./odd-path.ts";

/** A name each that some program would misread. */
const names = {
  "spaces at both ends": " a  b ",
  "a line break": "a\nb",
  "a line break at its end": "a\n",
  "what looks like an answer": 'x\np 81a4 0 0 1 1 "/."\nend',
  "a tab, a carriage return and a bell": "a\tb\rc\u0007",
  "letters of all sorts": "größe-日本-🦊",
  "a letter in two parts": "e\u0301",
  "a leading dash": "-rf",
  "two dashes": "--help",
  "quotes of both kinds": `a"b'c`,
  "an arrow": 'a" -> "b',
  backslashes: "a\\b\\n\\101\\",
  "signs of the shell": "$HOME`id`;&|<>(){}#!~",
  wildcards: "*?[a]",
  "a percent sign": "%n%s%%",
  "three dots": "...",
  "255 bytes": "n".repeat(255),
} as const;

/** Files and directories of each such name. */
export const nameCases: readonly OddPath[] = Object.entries(names).flatMap(([what, name]): OddPath[] => [
  {
    title: `a file whose name has ${what}`,
    make: (root) => writeAt(root, `/d/${name}`, "text\n"),
    expected: { "/d": directory(false), [`/d/${name}`]: file("text\n"), [`/d/${name}/below`]: absent },
  },
  {
    title: `a directory, and a link to it, whose names have ${what}`,
    make: (root) => {
      writeAt(root, `/${name}/f`, "text\n");
      linkAt(root, "/to", name);
    },
    expected: { [`/${name}`]: directory(false), "/to": link(name), "/to/f": file("text\n") },
  },
]);
