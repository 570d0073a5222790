import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const lines = (count: number) => "a();\n".repeat(count);
const source = "packages/option/src";

/** Sources that break one rule each. */
const broken = [
  ["eslint(max-lines)", `${source}/long.ts`, lines(251)],
  ["eslint(max-lines-per-function)", `${source}/long-function.ts`, `export function f() {\n${lines(49)}}\n`],
  ["eslint(max-depth)", `${source}/deep.ts`, "if (a) { for (;;) { if (b) { while (c) { d(); } } } }"],
  ["eslint(max-params)", `${source}/many.ts`, "export const f = (a, b, c, d) => a + b + c + d;"],
  ["typescript(no-explicit-any)", `${source}/any.ts`, "export const a: any = 1;"],
  ["typescript(no-non-null-assertion)", `${source}/surely.ts`, "export const a = b!;"],
  ["import(no-cycle)", `${source}/ring.ts`, 'export type { B } from "./ring-back.ts";'],
  ["unicorn(filename-case)", `${source}/camelCase.ts`, "export const a = 1;"],
] as const;

describe("oxlint with the rules of the house", () => {
  let root = "";
  let found: { code: string; filename: string }[] = [];

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "firn-lint-"));
    cpSync(".oxlintrc.json", join(root, ".oxlintrc.json"));
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    for (const [, path, text] of broken) write(path, text);
    write(`${source}/ring-back.ts`, 'import type {} from "./ring.ts";\nexport type B = 1;');
    write(`${source}/long.test.ts`, lines(251));
    const run = spawnSync(resolve("node_modules/.bin/oxlint"), ["--format", "json"], { cwd: root, encoding: "utf8" });
    found = JSON.parse(run.stdout).diagnostics;
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test.each(broken)("reports %s in %s", (code, path) => {
    expect(found).toContainEqual(expect.objectContaining({ code, filename: path }));
  });

  test("lets a test be long", () => {
    expect(found.filter(({ filename }) => filename === `${source}/long.test.ts`)).toEqual([]);
  });
});
