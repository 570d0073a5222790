import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findKept } from "@firn/loader";
import { createFlake, type TemporaryFlake } from "../test/temporary-flake.ts";

const source = (name: string): string =>
  `import { defineModule } from "firn";\nimport { suffix } from "@modules/a";\nexport default defineModule({ name: "${name}" + suffix });\n`;
const files = { "hosts/web/src/index.ts": source("web"), "modules/a/src/index.ts": 'export const suffix = "1";\n' };

function find({ root, cacheDirectory }: TemporaryFlake, stamp = "one"): Promise<string | undefined> {
  return findKept({ root }, ["web"], { shared: ["firn", "zod"], cacheDirectory, stamp });
}

async function createKept(): Promise<TemporaryFlake> {
  const flake = await createFlake(files);
  const loaded = await flake.load();
  loaded.keep("one", '{"a":"ä\\n"}');
  return flake;
}

test("findKept gives the text that was kept for the same code and stamp", async () => {
  const flake = await createKept();
  expect(await find(flake)).toBe('{"a":"ä\\n"}');
  expect(await find(flake, "another Firn")).toBeUndefined();
});

test("findKept gives nothing before anything was kept", async () => {
  expect(await find(await createFlake(files))).toBeUndefined();
});

test("findKept gives nothing once a file changed that the host is made of", async () => {
  const flake = await createKept();
  await flake.write({ "modules/a/src/index.ts": 'export const suffix = "2";\n' });
  expect(await find(flake)).toBeUndefined();
});

test("findKept gives the text when a file was only touched", async () => {
  const flake = await createKept();
  await flake.write({ "modules/a/src/index.ts": 'export const suffix = "1";\n' });
  expect(await find(flake)).toBe('{"a":"ä\\n"}');
});

test("findKept gives nothing when the kept file is cut short or no text of ours", async () => {
  const flake = await createKept();
  const [name = ""] = readdirSync(flake.cacheDirectory).filter((each) => each.endsWith(".result"));
  const file = join(flake.cacheDirectory, name);
  const whole = readFileSync(file, "utf8");
  for (const damaged of [whole.slice(0, -1), "", "{}\n", "no header", `${whole}x`]) {
    writeFileSync(file, damaged);
    expect(await find(flake)).toBeUndefined();
  }
});
