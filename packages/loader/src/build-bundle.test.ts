import { describe, expect, test } from "vitest";
import { createFlake } from "../test/temporary-flake.ts";

describe("buildBundle", () => {
  test("keeps code that nothing asks for, so that it behaves as it would unbundled", async () => {
    const flake = await createFlake({
      "hosts/web/src/index.ts":
        'import "@modules/a";\nimport { used } from "./used.ts";\nexport { used };\nconst unused = { get x() { throw new Error("got"); } };\nunused.x;\n',
      "hosts/web/src/used.ts": 'export const used = 1;\nexport const other = (() => { throw new Error("ran"); })();\n',
      "modules/a/package.json": '{ "exports": "./src/index.ts", "sideEffects": false }',
      "modules/a/src/index.ts": "Object.assign(Array, { bundledForItsEffect: true });\n",
    });
    const { hosts } = await flake.load();
    expect(hosts[0]?.diagnostics[0]?.why).toEqual(["Error: ran"]);
    expect(Array).toHaveProperty("bundledForItsEffect", true);
    Reflect.deleteProperty(Array, "bundledForItsEffect");
  });

  test("takes the TypeScript that Node.js cannot: enumerations and parameter properties", async () => {
    const flake = await createFlake({
      "hosts/web/src/index.ts": `import { defineModule } from "firn";
enum Size { Small = 1, Large }
class Named {
  constructor(readonly name: string) {}
}
export default defineModule({ name: new Named(\`web \${Size.Large}\`).name });
`,
    });
    expect((await flake.load()).hosts[0]?.module?.settings.name).toBe("web 2");
  });
});
