import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Files, hostSeeing, type TriedHost, tryHosts } from "./try-hosts.ts";

const canary = "canary-90be";
const outside = (name: string): RegExp =>
  new RegExp(`^impure-import \\| Cannot import "${name}": it does not belong to the flake`);
const ofNode = (name: string): RegExp =>
  new RegExp(`^impure-import \\| Cannot import "${name}": host code may not use the modules of Node.js`);
const address = (name: string): RegExp => new RegExp(`^impure-import \\| Cannot import "${name}.*": it is an address`);
const early = /^impure-import \| Cannot import while evaluating/;
const missing = /^unresolved-import \|/;

/** A title, the imports of a host, what it defines "seen" as, what comes of it, and files beside its source; OUT is a folder outside of the flake. */
type Row = readonly [title: string, imports: string, expression: string, outcome: RegExp, files?: Files];

const dependency = (manifest: object, files: Files = {}): Files => ({
  "node_modules/evil/package.json": JSON.stringify({ name: "evil", version: "1.0.0", ...manifest }),
  "node_modules/evil/index.js": "export default 'installed';\n",
  ...files,
});

const rows: readonly Row[] = [
  [
    "node:fs by its name",
    'import { readFileSync } from "node:fs";',
    'readFileSync("OUT/canary", "utf8")',
    ofNode("node:fs"),
  ],
  ["fs without a prefix", 'import fs from "fs";', 'fs.readFileSync("OUT/canary", "utf8")', ofNode("fs")],
  ["a part of fs", 'import { readFile } from "fs/promises";', "readFile", ofNode("fs/promises")],
  ["node:process", 'import { env } from "node:process";', "env", ofNode("node:process")],
  [
    "node:child_process",
    'import { execSync } from "node:child_process";',
    'execSync("id")',
    ofNode("node:child_process"),
  ],
  [
    "node:module, for createRequire",
    'import { createRequire } from "node:module";',
    'createRequire("/x")("fs")',
    ofNode("node:module"),
  ],
  ["node:vm", 'import vm from "node:vm";', 'vm.runInThisContext("process")', ofNode("node:vm")],
  ["node:worker_threads", 'import { Worker } from "node:worker_threads";', "Worker", ofNode("node:worker_threads")],
  ["node:net", 'import net from "node:net";', "net", ofNode("node:net")],
  ["node:wasi", 'import { WASI } from "node:wasi";', "WASI", ofNode("node:wasi")],
  ["by an export of another module", 'export * from "node:os";', "1", ofNode("node:os")],
  ["by require", "", '(require as any)("node:fs").readFileSync("OUT/canary", "utf8")', ofNode("node:fs")],
  ["by require of a path", "", '(require as any)("OUT/canary")', /^(impure-import|unresolved-import|syntax-error) \|/],
  ["by import()", "", 'import("node:fs")', early],
  ["by import() of something computed", "", 'import("node:" + "fs")', early],
  ["by import() in a comment's clothes", "", "import/**/('node:fs')", early],
  ["by import() over lines", "", "import\n('node:fs')", early],
  ["by import() with attributes", "", 'import("./index.ts", { with: { type: "json" } })', early],
  [
    "by import.meta.resolve",
    "",
    '(import.meta as any).resolve("node:fs")',
    /^impure-access \| Cannot use "import\.meta\.resolve"/,
  ],
  ["an address of data", 'import x from "data:text/javascript,export default process";', "x", address("data:")],
  ["an address of a file", 'import x from "file://OUT/canary";', "x", address("file:")],
  ["an address of the web", 'import x from "http://127.0.0.1:1/x.js";', "x", address("http:")],
  ["an address of the web, safely", 'import x from "https://example.org/x.js";', "x", address("https:")],
  ["an address without a scheme", 'import x from "//example.org/x.js";', "x", /^(impure-import|unresolved-import) \|/],
  ["an absolute path", 'import x from "OUT/canary";', "x", outside(".*/canary")],
  ["dots that lead outside", 'import x from "UP/canary";', "x", outside(".*/canary")],
  ["dots that are encoded", 'import x from "./%2e%2e/%2e%2e/%2e%2e/%2e%2e/canary";', "x", missing],
  ["a query after a path", 'import x from "OUT/canary?raw";', "x", /^(impure-import|unresolved-import) \|/],
  ["JSON outside", 'import x from "OUT/canary.json";', "x", outside(".*/canary.json")],
  [
    "JSON outside with attributes",
    'import x from "OUT/canary.json" with { type: "json" };',
    "x",
    outside(".*/canary.json"),
  ],
  [
    "a native add-on",
    'import x from "./evil.node";',
    "String(x).length",
    /^(\d+|impure-import|host-threw|unresolved-import)/,
    { "src/evil.node": "\u007fELF" },
  ],
  [
    "a link to a file outside",
    'import x from "./link.txt";',
    "x",
    outside("./link.txt"),
    { "src/link.txt": "-> OUT/canary" },
  ],
  [
    "a link to a folder outside",
    'import x from "./linked/canary.json";',
    "x",
    outside("./linked/canary.json"),
    { "src/linked": "-> OUT" },
  ],
  [
    "a link to the environment",
    'import x from "./environ.txt";',
    "x",
    /^(impure-import|unresolved-import) \|/,
    { "src/environ.txt": "-> /proc/self/environ" },
  ],
  [
    "a link to a device",
    'import x from "./random.txt";',
    "x",
    /^(impure-import|unresolved-import) \|/,
    { "src/random.txt": "-> /dev/urandom" },
  ],
  [
    "a package that is a link outside",
    'import x from "evil/canary.json";',
    "x",
    outside("evil/canary.json"),
    { "node_modules/evil": "-> OUT" },
  ],
  [
    "a package that is no part of the flake",
    'import x from "evil";',
    "x",
    outside("evil"),
    dependency({ exports: "./index.js" }),
  ],
  ["exports with dots", 'import x from "evil";', "x", missing, dependency({ exports: "./../../../../../../canary" })],
  ["exports with an absolute path", 'import x from "evil";', "x", missing, dependency({ exports: "/etc/hostname" })],
  ["exports with an address", 'import x from "evil";', "x", missing, dependency({ exports: "file:///etc/hostname" })],
  ["exports of a module of Node.js", 'import x from "evil";', "x", missing, dependency({ exports: "node:fs" })],
  [
    "exports below node_modules",
    'import x from "evil";',
    "x",
    missing,
    dependency({ exports: "./node_modules/x/index.js" }),
  ],
  [
    "exports by a pattern with dots",
    'import x from "evil/../../canary";',
    "x",
    /^(impure-import|unresolved-import) \|/,
    dependency({ exports: { "./*": "./*" } }),
  ],
  [
    "exports under the condition node",
    'import x from "evil";',
    "x",
    /^(impure-import|unresolved-import) \|/,
    dependency({ exports: { node: "node:fs", default: "./index.js" } }),
  ],
  [
    "main with dots",
    'import x from "evil";',
    "x",
    /^(impure-import|unresolved-import) \|/,
    dependency({ main: "../../../../../OUT/canary" }),
  ],
];

const manifest = (imports: object): string =>
  JSON.stringify({ name: "@hosts/own", type: "module", exports: { ".": "./src/index.ts" }, imports });
const own: readonly Row[] = [
  [
    "imports of a module of Node.js",
    'import x from "#x";',
    "x",
    /^(impure-import|unresolved-import) \| Cannot (import|resolve the import) "(#x|node:fs)"/,
    { "package.json": manifest({ "#x": "node:fs" }) },
  ],
  [
    "imports with dots",
    'import x from "#x";',
    "x",
    /^(impure-import|unresolved-import) \|/,
    { "package.json": manifest({ "#x": "./../../../canary" }) },
  ],
  [
    "imports with an absolute path",
    'import x from "#x";',
    "x",
    /^(impure-import|unresolved-import) \|/,
    { "package.json": manifest({ "#x": "OUT/canary" }) },
  ],
  [
    "imports by a condition",
    'import x from "#x";',
    "x",
    /^(impure-import|unresolved-import) \|/,
    { "package.json": manifest({ "#x": { node: "node:fs", default: "fs" } }) },
  ],
  [
    "imports by a pattern",
    'import x from "#x/../../../../canary";',
    "x",
    /^(impure-import|unresolved-import) \|/,
    { "package.json": manifest({ "#x/*": "./src/*" }) },
  ],
];

const all = [...rows, ...own];

describe("host code cannot import", { timeout: 60_000 }, () => {
  let folder = "";
  let hosts: readonly TriedHost[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "firn-outside-"));
    writeFileSync(join(folder, "canary"), canary);
    writeFileSync(join(folder, "canary.json"), JSON.stringify(canary));
    const place = (text: string): string =>
      text.replaceAll("UP", `${"../".repeat(16)}${folder.slice(1)}`).replaceAll("OUT", folder);
    const files = all.flatMap(([, imports, expression, , more = {}], index) => {
      const source = hostSeeing(place(expression), place(imports));
      const beside = Object.entries(more).map(([name, text]): [string, string] => [
        `hosts/i${index}/${name}`,
        place(text),
      ]);
      return [[`hosts/i${index}/src/index.ts`, source] as [string, string], ...beside];
    });
    ({ hosts } = await tryHosts({ hosts: all.map((_, index) => `i${index}`), files: Object.fromEntries(files) }));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(all.map((row, index) => [row[0], row[1] || row[2], row[3], index] as const))(
    "%s: %s",
    (_title, _code, outcome, index) => {
      expect(hosts[index]?.shown).toMatch(outcome);
    },
  );

  test("anything else that it should not: nothing from outside is in the answers", () => {
    expect(JSON.stringify(hosts)).not.toContain(canary);
    expect(JSON.stringify(hosts)).not.toContain("root:x:0");
  });
});
