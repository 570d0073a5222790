import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFlake, type TemporaryFlake } from "../test/temporary-flake.ts";

const host = 'import { defineModule } from "firn";\nexport default defineModule({});\n';
const hour = 3600;
const day = 24 * hour;

/** Writes a file into the cache, as old as given in seconds. */
function store({ cacheDirectory }: TemporaryFlake, name: string, age: number): void {
  const file = join(cacheDirectory, name);
  const time = Date.now() / 1000 - age;
  writeFileSync(file, "");
  utimesSync(file, time, time);
}

describe("pruneCache", () => {
  test("removes what has not been used for 60 days and what was never finished, when something new is stored", async () => {
    const flake = await createFlake({ "hosts/web/src/index.ts": host });
    store(flake, "old.bundle", 61 * day);
    store(flake, "used.bundle", 59 * day);
    store(flake, "died.bundle.77.0.tmp", 2 * hour);
    store(flake, "at-work.bundle.78.0.tmp", 60);
    store(flake, "not-ours", 400 * day);
    await flake.load();
    const names = readdirSync(flake.cacheDirectory).filter((name) => !name.startsWith("firn-loader-"));
    expect(names.toSorted()).toEqual(["at-work.bundle.78.0.tmp", "not-ours", "used.bundle"]);
  });

  test("keeps the 200 that were used last, the new one among them", async () => {
    const flake = await createFlake({ "hosts/web/src/index.ts": host });
    for (let age = 1; age <= 250; age++) store(flake, `${age}.bundle`, age * hour);
    await flake.load();
    const names = readdirSync(flake.cacheDirectory);
    expect(names).toHaveLength(200);
    expect(names).toContain("199.bundle");
    expect(names).not.toContain("200.bundle");
    expect((await flake.load()).fromCache).toBe(true);
  });
});
