import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bundle } from "./bundle.mjs";

let folder = "";
const at = (name: string) => join(folder, name);
const write = (name: string, text: string) => writeFileSync(at(name), text);
const make = () => bundle({ entry: at("main.ts"), out: at("dist/program.mjs") });
const run = async () => (await import(`${pathToFileURL(at("dist/program.mjs")).href}?${Math.random()}`)).default;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "firn-bundle-"));
  write("package.json", "{}");
  write("main.ts", 'import { a } from "./a.ts";\nexport default a as number;\n');
  write("a.ts", "export const a: number = 1;\n");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("bundle", () => {
  test("makes a program of TypeScript, once", async () => {
    expect(await make()).toBe(true);
    expect(await run()).toBe(1);
    expect(await make()).toBe(false);
  });

  test("makes it again when a file that it was made of has changed", async () => {
    await make();
    write("a.ts", "export const a: number = 42;\n");
    expect(await make()).toBe(true);
    expect(await run()).toBe(42);
  });

  test("makes it again when a package.json has changed, or its record is damaged", async () => {
    await make();
    utimesSync(at("package.json"), 1, 1);
    expect(await make()).toBe(true);
    write("dist/program.mjs.made-of.json", "{");
    expect(await make()).toBe(true);
  });

  test("removes the parts that an earlier program had", async () => {
    write("main.ts", 'export default await import("./a.ts").then(({ a }) => a);\n');
    await make();
    expect(await run()).toBe(1);
    const parts = readdirSync(at("dist")).filter((name) => name.startsWith("a-"));
    expect(parts).not.toEqual([]);
    write("main.ts", "export default 2;\n");
    await make();
    expect(parts.filter((name) => existsSync(at(`dist/${name}`)))).toEqual([]);
  });
});
