import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createProgram } from "../test/loader-program.ts";
import { createFlake } from "../test/temporary-flake.ts";

const host = (name: string): string =>
  `import { defineModule } from "firn";\nexport default defineModule({ name: "${name}" });\n`;

describe("a stored bundle", () => {
  test("is loaded without bundler, parser, YAML or globs", { timeout: 60_000 }, async () => {
    const flake = await createFlake({ "hosts/web/src/index.ts": host("web") });
    const [whole, lean] = await Promise.all([true, false].map((hasTools) => createProgram({ hasTools })));
    await expect(lean?.run(flake)).rejects.toThrow("Cannot find package");
    expect(await whole?.run(flake)).toBe("web built");
    expect(await lean?.run(flake)).toBe("web stored");
  });

  // The time limits leave room for slow machines: each process takes most of a second on one that is busy.
  test("is written whole by each of several processes, while the sources change", { timeout: 60_000 }, async () => {
    const flake = await createFlake({ "hosts/web/src/index.ts": host("a") });
    const { run } = await createProgram({ hasTools: true });
    const running = Array.from({ length: 3 }, () => run(flake));
    await flake.write({ "hosts/web/src/index.ts": host("b") });
    for (const line of await Promise.all(running)) expect(line).toMatch(/^[ab] /);
    expect(await run(flake)).toMatch(/^b /);
    expect(await run(flake)).toBe("b stored");
    expect(readdirSync(flake.cacheDirectory)).toHaveLength(1);
  });
});
