import { join } from "node:path";
import { type BundleToEvaluate, type SandboxAnswer, startSandbox } from "@firn/sandbox";
import { describe, expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../cli/dist/evaluator");
const code = `{
"web"(exports, require) {
const { defineModule, option, types, mkDefault } = require("firn");
const { counter } = require("./shared");
counter.count++;
exports.default = defineModule({
  options: { name: option({ type: types.str, description: "Its name" }), port: option({ type: types.port, default: 80 }) },
  config({ config }, define) {
    define({ name: mkDefault("n" + config.port) });
  },
});
},
"db"(exports, require) {
const { counter } = require("./shared");
const { z } = require("zod");
throw new TypeError("count is " + z.number().parse(counter.count));
},
"shared"(exports) {
exports.counter = { count: 0 };
},
}`;

/** Evaluates hosts in a sandbox of their own. */
async function evaluate(bundle: Partial<BundleToEvaluate>): Promise<SandboxAnswer> {
  const sandbox = startSandbox({ folder });
  try {
    const hosts = ["web", "db"].map((name) => ({ name, chunk: name }));
    return await sandbox.evaluate({ name: "firn:bundle/test", code, hosts, question: { kind: "problems" }, ...bundle });
  } finally {
    sandbox.stop();
  }
}

const web = [{ name: "web", chunk: "web" }];

describe("startSandbox", { timeout: 30_000 }, () => {
  test("evaluates hosts that share a module, which runs once", async () => {
    const { hosts } = await evaluate({});
    expect(hosts.map(({ outcome }) => outcome)).toMatchObject([
      { kind: "module" },
      {
        kind: "threw",
        what: "TypeError: count is 1",
        stack: expect.stringMatching(/^TypeError.*\n +at .*firn:bundle\/test:16:7/),
      },
    ]);
  });

  test("answers with a value, the whole, or the paths that there are", async () => {
    const at = async (...path: string[]) =>
      (await evaluate({ hosts: web, question: { kind: "value", path } })).hosts[0]?.value;
    expect(await at("name")).toEqual({ json: '"n80"', diagnostics: [], whole: '{"name":"n80","port":80}' });
    expect(await at()).toMatchObject({ json: '{"name":"n80","port":80}' });
    expect(await at("nam")).toMatchObject({ known: ["name", "port"] });
  });

  test("answers with explanations of a value and of what was read for it", async () => {
    const { hosts } = await evaluate({ hosts: web, question: { kind: "explain", path: ["name"], depth: 1 } });
    expect(hosts[0]?.explanations).toMatchObject([
      {
        path: ["name"],
        shown: '"n80"',
        definitions: [{ fate: "used", priority: 1000, reads: [{ path: ["port"], shown: "80" }] }],
      },
      { path: ["port"], shown: "80" },
    ]);
  });

  test("answers with the options", async () => {
    const { hosts } = await evaluate({ hosts: web, question: { kind: "options" } });
    expect(hosts[0]?.options).toMatchObject([
      { path: ["name"], description: "Its name", type: "string" },
      { path: ["port"], default: 80, defaultShown: "80" },
    ]);
  });

  test("makes a compiled form once, and uses it", async () => {
    const first = await evaluate({ hosts: web });
    expect(first.compiled?.length).toBeGreaterThan(1000);
    const second = await evaluate({ hosts: web, compiled: first.compiled });
    expect(second).toEqual({ hosts: first.hosts });
  });

  test("makes it anew where it is none, or that of other code", async () => {
    const { compiled } = await evaluate({ hosts: web });
    const { hosts, compiled: again } = await evaluate({ hosts: web, code: `${code} `, compiled });
    expect(hosts[0]?.diagnostics).toEqual([]);
    expect(again).toBeDefined();
    expect((await evaluate({ hosts: web, compiled: Buffer.from("none") })).compiled).toBeDefined();
  });

  test("breaks for all hosts where there is no evaluator", async () => {
    const sandbox = startSandbox({ folder: "/no/such/folder" });
    const { hosts } = await sandbox.evaluate({
      name: "firn:a",
      code,
      hosts: [...web, ...web],
      question: { kind: "problems" },
    });
    expect(hosts.map(({ diagnostics }) => diagnostics[0]?.code)).toEqual(["internal", "internal"]);
  });
});

test("startSandbox gives host code a zod that works", { timeout: 30_000 }, async () => {
  const uses = `{
"web"(exports, require) {
const { z } = require("zod");
const { defineModule, option, types } = require("firn");
const tree = z.object({ name: z.string().min(1).max(9), get children() { return z.array(tree).optional(); } });
const shape = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("a"), port: z.coerce.number().int().min(1).default(80) }),
  z.looseObject({ kind: z.enum(["b", "c"]), mail: z.email().nullish(), at: z.iso.date().optional() }),
]).transform((value) => ({ ...value, done: true }));
const seen = [
  shape.parse({ kind: "a" }),
  shape.safeParse({ kind: "b", mail: "no" }).error.issues.map((issue) => issue.message),
  tree.parse({ name: "x", children: [{ name: "y" }] }),
  z.record(z.string(), z.union([z.number(), z.string().regex(/^a/)])).refine((value) => Object.keys(value).length < 3).parse({ a: 1, b: "ab" }),
  z.tuple([z.boolean(), z.bigint().or(z.null())]).rest(z.unknown()).parse([true, null, 1]),
  z.object({ a: z.string() }).extend({ b: z.number() }).partial().pick({ a: true }).parse({}),
  z.prettifyError(z.string().safeParse(1).error),
  Object.keys(z.toJSONSchema(z.object({ a: z.string().describe("d").brand("x") })).properties),
  z.string().superRefine((value, context) => context.addIssue("bad " + value)).safeParse("s").success,
  z.preprocess((value) => String(value), z.string()).parse(1),
  z.string().meta({ title: "t" }).meta().title,
  z.stringbool().parse("yes"), z.lazy(() => z.string()).parse("l"), z.json().parse([1]), z.file ? 1 : 0,
];
exports.default = defineModule({ options: { seen: option({ type: types.anything }), list: option({ type: z.array(z.string().min(2)), default: ["ab"] }) }, config(_, define) { define({ seen }); } });
},
}`;
  const { hosts } = await evaluate({ hosts: web, code: uses, question: { kind: "value", path: ["seen"] } });
  expect(hosts[0]).toMatchObject({ outcome: { kind: "module" }, diagnostics: [] });
  expect(JSON.parse(hosts[0]?.value?.json ?? "null")).toMatchObject([
    { kind: "a", port: 80, done: true },
    ["Invalid email address"],
    { name: "x", children: [{ name: "y" }] },
    { a: 1, b: "ab" },
    [true, null, 1],
    {},
    expect.stringContaining("expected string"),
    ["a"],
    false,
    "1",
    "t",
    true,
    "l",
    [1],
    1,
  ]);
});
