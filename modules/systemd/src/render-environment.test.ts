import { expect, test } from "vitest";
import { renderEnvironment } from "./render-environment.ts";

test.each([
  ["plain", "A=plain"],
  ["", "A="],
  ["two words", '"A=two words"'],
  ['a "quoted" word', '"A=a \\"quoted\\" word"'],
  ["it's", '"A=it\'s"'],
  ["back\\slash", '"A=back\\\\slash"'],
  ["100%", '"A=100%%"'],
  ["two\nlines", '"A=two\\nlines"'],
  ["$HOME", "A=$HOME"],
])("renderEnvironment writes %j such that systemd gives the very value", (value, expected) => {
  expect(renderEnvironment({ environment: { A: value }, path: [] })).toEqual([expected]);
});

test("renderEnvironment puts folders before those of the system, and lets PATH itself win", () => {
  expect(renderEnvironment({ environment: {}, path: ["/opt/bin"] })).toEqual([
    "PATH=/opt/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  ]);
  expect(renderEnvironment({ environment: { PATH: "/x" }, path: ["/opt/bin"] })).toEqual(["PATH=/x"]);
});
