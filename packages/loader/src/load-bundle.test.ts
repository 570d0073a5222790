import { loadBundle } from "@firn/loader";
import { evaluate } from "firn";
import { describe, expect, test } from "vitest";
import { createFlake } from "../test/temporary-flake.ts";

const entry = "hosts/web/src/index.ts";
const nginx = `import { defineModule, option, types } from "firn";
export default defineModule({
  name: "nginx",
  options: { services: { nginx: { port: option({ type: types.port, default: 80 }) } } },
});
`;

describe("loadBundle", () => {
  test("gives code of a host that evaluates", async () => {
    const flake = await createFlake({
      "modules/nginx/src/index.ts": nginx,
      [entry]: `import { defineModule } from "firn";
import nginx from "@modules/nginx";
export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ services: { nginx: { port: 8080 } } });
  },
});
`,
    });
    const { hosts } = await flake.load();
    expect(hosts[0]?.diagnostics).toEqual([]);
    const evaluation = evaluate({ modules: hosts.flatMap(({ module }) => module ?? []), name: "web" });
    expect(evaluation.diagnostics).toEqual([]);
    expect(evaluation.config).toMatchObject({ services: { nginx: { port: 8080 } } });
  });

  test("gives hosts in the order they were asked for, sharing the modules they import", async () => {
    const host =
      'import { defineModule } from "firn";\nimport nginx from "@modules/nginx";\nexport default defineModule({ imports: [nginx] });\n';
    const flake = await createFlake({
      "modules/nginx/src/index.ts": nginx,
      [entry]: host,
      "hosts/db/src/index.ts": host,
    });
    const { hosts } = await flake.load("web", "db");
    expect(hosts.map(({ name }) => name)).toEqual(["web", "db"]);
    const [first, second] = hosts.map(({ module }) => module?.settings.imports?.[0]);
    expect(first).toBeDefined();
    expect(first).toBe(second);
  });

  test("takes shared modules, also as namespaces, and JSON and text", async () => {
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

  test("loads nothing when nothing is asked for", async () => {
    const flake = await createFlake({});
    const options = { shared: [], cacheDirectory: flake.cacheDirectory };
    const { hosts, openSources } = await loadBundle(flake, [], options);
    expect(hosts).toEqual([]);
    expect((await openSources()).locate({})).toBeUndefined();
  });
});
