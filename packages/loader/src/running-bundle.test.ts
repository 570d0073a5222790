import { describe, expect, test } from "vitest";
import { createFlake } from "../test/temporary-flake.ts";

const entry = "hosts/web/src/index.ts";

describe("startBundle", () => {
  test("hands out shared modules, also as namespaces; the SourceReader reads JSON and text", async () => {
    const flake = await createFlake({
      [entry]: `import * as firn from "firn";
import * as z from "zod";
import data from "./data.json";
import motd from "./motd.txt";
export default firn.defineModule({ name: [z.string().parse("a"), data.b, motd, firn.types.str.description].join(" ") });
`,
      "hosts/web/src/data.json": '{ "b": "b" }',
      "hosts/web/src/motd.txt": "hello",
    });
    const { hosts } = await flake.load();
    expect(hosts[0]?.module?.settings.name).toMatch(/^a b hello /);
  });

  test("runs a module once for all hosts, and throws the same again for each when it threw", async () => {
    const host = 'import "@modules/a";\n';
    const flake = await createFlake({
      [entry]: host,
      "hosts/db/src/index.ts": host,
      "modules/a/src/index.ts": 'throw new Error("once");\n',
    });
    const { hosts } = await flake.load("web", "db");
    const [first, second] = hosts.map(({ diagnostics }) => diagnostics[0]?.cause);
    expect(first).toBeInstanceOf(Error);
    expect(first).toBe(second);
  });

  test("runs code in strict mode, as modules are", async () => {
    const flake = await createFlake({ [entry]: "(Array as any).prototype.constructor.name = 1;\n" });
    expect((await flake.load()).hosts[0]?.diagnostics[0]?.why?.[0]).toContain("TypeError: Cannot assign to read only");
  });
});
