import { describe, expect, test } from "vitest";
import { createFlake, type Files } from "../test/temporary-flake.ts";

const good = 'import { defineModule } from "firn";\nexport default defineModule({});\n';

async function outcomes(files: Files, names: readonly string[]): Promise<string[]> {
  const { hosts } = await (await createFlake(files)).load(...names);
  return hosts.map(({ name, diagnostics }) => [name, ...diagnostics.map(({ code }) => code)].join(" "));
}

describe("buildHosts", () => {
  test("keeps the good hosts when others fail, each in its way", async () => {
    const files = {
      "modules/bad/src/index.ts": "export default {,};\n",
      "hosts/web/src/index.ts": good,
      "hosts/thrower/src/index.ts": 'throw new Error("no");\n',
      "hosts/typo/src/index.ts": 'import bad from "@modules/bad";\nexport default bad;\n',
      "hosts/lost/src/index.ts": 'import { none } from "../../web/src/index.ts";\nexport default none;\n',
    };
    expect(await outcomes(files, ["web", "thrower", "typo", "lost", "nobody"])).toEqual([
      "web",
      "thrower host-threw",
      "typo syntax-error",
      "lost unresolved-import",
      "nobody unknown-host",
    ]);
  });

  test("tells a problem of a module to every host that reaches it", async () => {
    const host = 'import a from "@modules/a";\nexport default a;\n';
    const files = {
      "modules/a/src/index.ts": 'import b from "@modules/b";\nexport default b;\n',
      "modules/b/src/index.ts": "export default {,};\n",
      "hosts/web/src/index.ts": host,
      "hosts/db/src/index.ts": host,
      "hosts/ok/src/index.ts": good,
    };
    expect(await outcomes(files, ["web", "ok", "db"])).toEqual(["web syntax-error", "ok", "db syntax-error"]);
  });

  test("tells every problem of a host", async () => {
    const files = {
      "hosts/web/src/index.ts": 'import a from "@modules/a";\nimport b from "./b.ts";\nexport default [a, b];\n',
      "hosts/web/src/b.ts": 'import os from "node:os";\nexport default () => [os, import("./c.ts")];\n',
      "hosts/web/src/c.ts": "",
    };
    const [problems] = await outcomes(files, ["web"]);
    expect(problems?.split(" ").toSorted()).toEqual(["impure-import", "impure-import", "unresolved-import", "web"]);
  });
});
