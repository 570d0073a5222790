import { loadHosts } from "@firn/loader";
import { evaluate } from "firn";
import { describe, expect, test } from "vitest";
import { createFlake } from "../test/temporary-flake.ts";

const nginx = `import { defineModule, option, types } from "firn";
export default defineModule({
  name: "nginx",
  options: { services: { nginx: { port: option({ type: types.port, default: 80 }) } } },
});
`;

describe("loadHosts", () => {
  test("loads a host that evaluates with the engine of this process", async () => {
    const flake = await createFlake({
      "modules/nginx/src/index.ts": nginx,
      "hosts/web/src/index.ts": `import { defineModule } from "firn";
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
      "hosts/web/src/index.ts": host,
      "hosts/db/src/index.ts": host,
    });
    const { hosts } = await flake.load("web", "db");
    expect(hosts.map(({ name }) => name)).toEqual(["web", "db"]);
    const [first, second] = hosts.map(({ module }) => module?.settings.imports?.[0]);
    expect(first).toBeDefined();
    expect(first).toBe(second);
  });

  test("loads nothing when nothing is asked for", async () => {
    const flake = await createFlake({});
    const { hosts, openSources } = await loadHosts(flake, [], { engine: {}, cacheDirectory: flake.cacheDirectory });
    expect(hosts).toEqual([]);
    expect((await openSources()).locate({})).toBeUndefined();
  });
});
