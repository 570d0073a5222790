import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostSeeing, type TriedHost, tryHosts } from "./try-hosts.ts";

const refused = (name: string): RegExp =>
  new RegExp(`^impure-access \\| Cannot use "${name.replaceAll(/[.()]/g, "\\$&")}"`);
const frozen =
  /^(config-changed-value|config-threw) \| .*(not extensible|read only|Cannot redefine|Cannot define|constant variable|Immutable prototype|Cannot delete|which has only a getter)/;
const zod = 'import * as z from "zod";';
const unit = 'import * as unit from "@firn/unit";';
const format = 'import * as format from "@firn/format";';
// Node.js formats stacks in its own realm, so that at the end of the stack an error of that realm can be caught.
const attempts = `[(odd, kind) => { kind.prepareStackTrace = () => 1; }, (odd, kind) => { Object.getPrototypeOf(kind).prepareStackTrace = () => 1; },
  (odd, kind) => kind.constructor("return process")(), (odd, kind) => { kind.prototype.x = 1; }, (odd, kind) => { Object.getPrototypeOf(kind.prototype).x = 1; },
  (odd, kind) => { Object.getPrototypeOf(Object.getPrototypeOf(kind.prototype)).x = 1; },
  (odd, kind) => { Object.getPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf(kind.prototype)).constructor.keys({})[Symbol.iterator]()).next = 1; }]`;
const deep = (inner: string): string =>
  `(() => { const attempts: any = ${attempts}; const seen = new Set(); const dive = () => { try { dive(); } catch (e) { try { ${inner} } catch (odd) { const kind = odd.constructor; for (const attempt of attempts) { try { attempt(odd, kind); seen.add("done"); } catch (no) { seen.add(no instanceof RangeError ? "again" : "refused"); } } } throw e; } }; try { dive(); } catch {} seen.delete("again"); return [...seen].join(); })()`;

/** A title, what a config function defines "seen" as, and what comes of it: the first problem, or the value. */
type Row = readonly [title: string, expression: string, outcome: RegExp, imports?: string];

const ways: readonly Row[] = [
  ["the process by its name", "process.env.HOME", refused("process.env")],
  ["the process by the global object", "globalThis.process", refused("globalThis.process")],
  ["the names of the global object", "Object.getOwnPropertyNames(globalThis)", refused("globalThis")],
  ["the global object as the this of a function", "(function () { return typeof this; })()", /^"undefined"$/],
  ["the caller of a function", "(function f() { return f.caller; })()", /^config-threw .*strict mode/],
  ["the caller by arguments", "(function () { return arguments.callee; })()", /^config-threw .*strict mode/],
  ["the process by a constructor", '(() => {}).constructor("return process")()', refused("Function")],
  ["... of async functions", '(async () => {}).constructor("return process")()', refused("AsyncFunction")],
  ["... of generators", '(function* () {}).constructor("return process")()', refused("GeneratorFunction")],
  ["... of both", '(async function* () {}).constructor("1")()', refused("AsyncGeneratorFunction")],
  ["... by its prototype", 'Object.getPrototypeOf(function* () {}).constructor("1")', refused("GeneratorFunction")],
  ["... of a list", '[].constructor.constructor("return this")()', refused("Function")],
  ["... by Reflect", 'Reflect.construct(Function, ["return process"])', refused("Function")],
  ["... of a type of Firn", 'types.str.constructor.constructor("return process")()', refused("Function")],
  ["... of what require gives", '(require("firn") as any).option.constructor("return process")()', refused("Function")],
  ["... of the exports of its own file", 'exports.constructor.constructor("return process")()', refused("Function")],
  ["the process by eval", 'eval("process")', refused("eval")],
  ["the process by eval in the global scope", '(0, eval)("process")', refused("eval")],
  ["code by WebAssembly", "new WebAssembly.Module(new Uint8Array())", refused("WebAssembly.Module")],
  ["a module by a computed require", '(require as any)("node:" + "fs")', /^impure-import \| Cannot require "node:fs"/],
  ["require by the module object", '(module as any).require("fs")', /^config-threw \| .*not a function/],
  ["the main module of require", '(require as any).main.require("fs")', /^config-threw .*undefined/],
  ["the cache of require", "typeof (require as any).cache", /^"undefined"$/],
  ["the folder of the source", "__dirname.length", refused("__dirname.length")],
  ["import.meta.dirname", "import.meta.dirname", refused("import.meta.dirname")],
  ["import.meta.url", "import.meta.url", refused("import.meta.url")],
];

const errors: readonly Row[] = [
  [
    "a constructor by an error",
    '(() => { try { (null as any).x; } catch (e) { return (e as any).constructor.constructor("1"); } })()',
    refused("Function"),
  ],
  [
    "... by an overflow of the stack",
    '(() => { const f = (): any => f(); try { f(); } catch (e) { return (e as any).constructor.constructor("1"); } })()',
    refused("Function"),
  ],
  [
    "... by an error of another realm, near the end of the stack, in a stack",
    deep('void new Error("x").stack'),
    /^"(refused)?"$/,
  ],
  ["... in a proxy", deep("void new Proxy({}, { get: () => new Error('x').stack }).a"), /^"(refused)?"$/],
  ["... in a capture", deep("const o: any = {}; Error.captureStackTrace(o); void o.stack"), /^"(refused)?"$/],
  ["call sites by Error.prepareStackTrace", "((Error as any).prepareStackTrace = (_: any, s: any) => s)", frozen],
  [
    "... by the parent of TypeError",
    "((Object.getPrototypeOf(TypeError) as any).prepareStackTrace = (_: any, s: any) => s)",
    frozen,
  ],
  [
    "... by the parent of an error of Firn",
    "(() => { try { (process as any).x; } catch (e) { const E = Object.getPrototypeOf((e as any).constructor); E.prepareStackTrace = () => 1; return 1; } })()",
    frozen,
  ],
  [
    "... by an error's own constructor",
    '(() => { class E extends Error { static prepareStackTrace = () => "caught"; } return String(new E("x").stack).includes("caught"); })()',
    /^false$/,
  ],
  [
    "a path of this machine in a stack",
    'new Error("x").stack',
    /^"Error: x\\n( +at [^/]*\((firn:[^/]*(\/[0-9a-f]+)?:\d+:\d+)\)(\\n)?| +at firn:[\w/]+:\d+:\d+(\\n)?)+"$/,
  ],
  [
    "something by a thrown proxy",
    "(() => { throw new Proxy({}, { get() { throw new Proxy({}, {}); } }); })()",
    /^config-threw \|/,
  ],
  [
    "something by a getter of a thrown error",
    '(() => { throw Object.defineProperty(new Error("x"), "message", { get() { throw process.env; } }); })()',
    /^config-threw \|/,
  ],
  [
    "something by a getter of a stack",
    '(() => { throw Object.defineProperty(new Error("x"), "stack", { get() { return (process as any).env; } }); })()',
    /^config-threw \|/,
  ],
];

const pollution: readonly Row[] = [
  ["Object.prototype", "((Object.prototype as any).polluted = 1)", frozen],
  ["Object.prototype by __proto__", "(({} as any).__proto__.polluted = 1)", frozen],
  ["Object.prototype.toString", "((Object.prototype as any).toString = () => 'x')", frozen],
  ["the prototype of Object.prototype", "Object.setPrototypeOf(Object.prototype, {})", frozen],
  ["Array.prototype.map", "((Array.prototype as any).map = () => [])", frozen],
  ["Array.prototype by defineProperty", "Object.defineProperty(Array.prototype, '0', { value: 1 })", frozen],
  ["Map.prototype.get", "((Map.prototype as any).get = () => 1)", frozen],
  ["Promise.prototype.then", "((Promise.prototype as any).then = () => 1)", frozen],
  [
    "the prototype of iterators",
    "((Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as any).next = 1)",
    frozen,
  ],
  [
    "the prototype of a segmenter's results",
    "((Object.getPrototypeOf(new (Intl as any).Segmenter().segment('a')) as any).x = 1)",
    frozen,
  ],
  ["the prototype of generators", "((Object.getPrototypeOf(function* () {}) as any).prototype.next = 1)", frozen],
  ["JSON.stringify", "((JSON as any).stringify = () => '{}')", frozen],
  ["Reflect.get", "delete (Reflect as any).get", frozen],
  ["Symbol.iterator", "((Symbol as any).iterator = 1)", frozen],
  ["a global", "((Array as any) = class {})", frozen],
  ["a global that is refused", "((console as any) = { log() {} })", frozen],
  ["Date.now", "((Date as any).now = () => 1)", frozen],
  ["the types of Firn", "((types as any).str = 1)", frozen],
  ["a type of Firn", "((types.str as any).description = 'x')", frozen],
  ["a function of Firn", "((defineModule as any).extra = 1)", frozen],
  ["a class of zod", "((z.ZodString.prototype as any).parse = () => 1)", frozen, zod],
  ["a function of zod", "((z.string as any).extra = 1)", frozen, zod],
  ["the settings of zod", "z.config({ customError: () => 'x' })", frozen, zod],
  ["a function of @firn/unit", "((unit.checkUnitName as any).extra = 1)", frozen, unit],
  ["a function of @firn/format", "((format.json as any).extra = 1)", frozen, format],
  ["the type that all formats of JSON share", "((format.json().type as any).description = 'x')", frozen, format],
  [
    "what @firn/format renders",
    "format.yaml().render({ b: ['no'], a: 1 })",
    /^"a: 1\\nb:\\n {2}- \\"no\\"\\n"$/,
    format,
  ],
  ["the require of Firn's own scripts", "((require as any) = 1)", /^(1|config-)/, unit],
  ["an export of another file, by its part of the bundle", "((exports as any).default = 1)", frozen],
  ["a global that the bundle does not give", "(($firnGiven as any) = 1)", /^(1|config-)/],
  ["what a past match left behind", "('secret'.match(/(.*)/), String((RegExp as any).$1))", /^"undefined"$/],
];

const machine: readonly Row[] = [
  ["the time", "Date.now()", refused("Date.now")],
  ["the date", "new Date().toISOString()", refused("new Date()")],
  ["the date as text", "Date()", refused("Date()")],
  ["the date by the constructor of another", "new (new Date(0).constructor as any)()", refused("new Date()")],
  ["the date by Reflect", "Reflect.construct(Date, [])", refused("new Date()")],
  ["the date by a class of its own", "new (class extends Date {})().getTime()", refused("new Date()")],
  ["the date by a format", "new Intl.DateTimeFormat('en').format()", refused("Intl.DateTimeFormat without a date")],
  [
    "the date by parts of a format",
    "new Intl.DateTimeFormat('en').formatToParts()",
    refused("Intl.DateTimeFormat without a date"),
  ],
  [
    "the zone of time",
    "new Intl.DateTimeFormat().resolvedOptions().timeZone + new Date(0).getTimezoneOffset()",
    /^"UTC0"$/,
  ],
  [
    "the zone of time in a text",
    "new Date(0).toString()",
    /^"Thu Jan 01 1970 00:00:00 GMT\+0000 \(Coordinated Universal Time\)"$/,
  ],
  [
    "the language",
    "(1234.5).toLocaleString() + new Intl.Collator().resolvedOptions().locale",
    /^"1,234\.5en-US(-u-va-posix)?"$/,
  ],
  ["random numbers", "Math.random()", refused("Math.random")],
  ["random numbers by a computed name", "(Math as any)['ran' + 'dom']()", refused("Math.random")],
  ["random bytes", "crypto.getRandomValues(new Uint8Array(1))", refused("crypto.getRandomValues")],
  ["a clock", "performance.now()", refused("performance.now")],
  ["a clock by waiting", "Atomics.wait(new Int32Array(4), 0, 0, 10)", refused("Atomics.wait")],
  ["a clock by shared memory", "new SharedArrayBuffer(8)", refused("SharedArrayBuffer")],
  ["the collector of garbage", "new WeakRef({}).deref()", refused("WeakRef")],
  ["... by its registry", "new FinalizationRegistry(() => 1)", refused("FinalizationRegistry")],
  ["the processor", "navigator.hardwareConcurrency", refused("navigator.hardwareConcurrency")],
  ["a timer", "setTimeout(() => 1, 0)", refused("setTimeout")],
  ["a microtask", "queueMicrotask(() => 1)", refused("queueMicrotask")],
  ["the network by fetch", "fetch('http://127.0.0.1:PORT/')", refused("fetch")],
  ["the network by WebSocket", "new WebSocket('ws://127.0.0.1:PORT/')", refused("WebSocket")],
  ["a thread", "new Worker('data:text/javascript,1')", refused("Worker")],
  ["the terminal", "console.log('x')", refused("console.log")],
  ["the clone of Node.js", "structuredClone({})", refused("structuredClone")],
  ["a buffer of Node.js", "Buffer.from('x').parent", refused("Buffer.from")],
];

const hooks: readonly Row[] = [
  ["the conversion of a value", "`${{ [Symbol.toPrimitive]: () => process.env.HOME }}`", refused("process.env")],
  ["the writing of the answer", "({ a: 1, toJSON() { return (process as any).env; } })", /^\{"a":1\}$/],
  [
    "the writing of the answer, inherited",
    "(Object.defineProperty(Object.prototype, 'toJSON', { value: () => 1 }), 1)",
    frozen,
  ],
  [
    "the species of a list",
    "(() => { class A extends Array { static get [Symbol.species]() { return function () { return process; } as any; } } return new A(1, 2).map((x) => x); })()",
    /^(impure-access|config-threw|\[|\{)/,
  ],
  [
    "the inspection of Node.js",
    "({ [Symbol.for('nodejs.util.inspect.custom')]: () => process.env, a: 1 })",
    /^\{"a":1\}$/,
  ],
  [
    "a proxy as a value",
    "new Proxy({ a: 1 }, { ownKeys() { return (process as any).x; } })",
    /^(impure-access|config-threw|type-mismatch|undefined|nothing|null|\{)/,
  ],
  ["a promise", "(Promise.resolve().then(() => process.env), Promise.reject(new Error('x')), 1)", /^1$/],
  ["endless microtasks", "(function again(): any { Promise.resolve().then(again); return 1; })()", /^1$/],
  ["an async function that throws", "((async () => { throw process.env; })(), 1)", /^1$/],
  ["a thenable as a value", "({ a: 1, then(resolve: any) { resolve(process.env); } })", /^\{"a":1\}$/],
];

const canary = "canary-5f1c";
/** What honest code does, and may go on to do. */
const honest: readonly Row[] = [
  ["the greatest of numbers", "Math.max(1, 2)", /^2$/],
  ["a known date", "new Date(0).toISOString()", /^"1970-01-01T00:00:00\.000Z"$/],
  ["a date in parts", "Date.UTC(1970, 0, 1) + Date.parse('1970-01-01T00:00:01Z')", /^1000$/],
  ["a date by its class", "new Date(5) instanceof Date && new Date(5).constructor === Date", /^true$/],
  ["the format of a known date", "new Intl.DateTimeFormat('en').format(new Date(0))", /^"1\/1\/1970"$/],
  ["whether there is a process", "typeof process", /^"function"$/],
  [
    "its own kind of error",
    "(() => { class Own extends Error { override name = 'Own'; constructor() { super('m'); this.message = 'n'; } } const e = new Own(); return [String(e), e instanceof Error, e instanceof Own]; })()",
    /^\["Own: n",true,true\]$/,
  ],
  [
    "an error with a cause, and without new",
    "[new Error('a', { cause: 1 }).cause, (Error as any)('b').message]",
    /^\[1,"b"\]$/,
  ],
  ["the limit of stacks", "((Error.stackTraceLimit = 50), 1)", /^1$/],
  [
    "methods of its own objects",
    "(() => { const o: any = {}; o.toString = () => 'own'; o.constructor = 1; o.valueOf = 2; return `${o}${o.constructor}`; })()",
    /^"own1"$/,
  ],
  [
    "methods of its own classes",
    "(() => { function Old(this: any) {} Old.prototype.toString = () => 'old'; (Old as any).call = 1; return String(new (Old as any)()); })()",
    /^"old"$/,
  ],
  [
    "methods of its own lists",
    "(() => { const l: any = []; l.concat = 1; l.push = 2; return l.concat + l.push; })()",
    /^3$/,
  ],
  [
    "classes of lists and maps",
    "(() => { class L extends Array {} class M extends Map {} return [L.from([1]).map((x: any) => x + 1) instanceof L, new M([[1, 2]]).get(1)]; })()",
    /^\[true,2\]$/,
  ],
  ["generators and spreads", "[...(function* () { yield 1; yield* [2]; })(), ...new Set([3])]", /^\[1,2,3\]$/],
  ["segments of text", "[...new (Intl as any).Segmenter('en').segment('ab')].length", /^2$/],
  [
    "regular expressions",
    "['a1b2'.replace(/\\d/g, (d) => String(Number(d) + 1)), [...'xx'.matchAll(/x/g)].length]",
    /^\["a2b3",2\]$/,
  ],
  ["arrays of bytes", "Array.from(new Uint8Array([1, 2]).map((x) => x * 2))", /^\[2,4\]$/],
];

const rows = [...honest, ...ways, ...errors, ...pollution, ...machine, ...hooks];
const nameOf = (row: Row): string => `h${rows.indexOf(row)}`;

/** Title, code, outcome and the number of the host. */
function casesOf(some: readonly Row[]): (readonly [string, string, RegExp, number])[] {
  return some.map((row) => [row[0], row[1], row[2], rows.indexOf(row)]);
}

describe("host code", { timeout: 60_000 }, () => {
  let folder = "";
  let server: Server | undefined;
  let connections = 0;
  let hosts: readonly TriedHost[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "firn-canary-"));
    writeFileSync(join(folder, "canary"), canary);
    process.env["FIRN_CANARY"] = canary;
    server = createServer(() => connections++);
    const { port } = await new Promise<{ port: number }>((resolve) => {
      server?.listen(0, "127.0.0.1", () => resolve(server?.address() as { port: number })); // It listens on a port.
    });
    const files = rows.map((row): [string, string] => {
      const [, expression, , imports] = row;
      return [`hosts/${nameOf(row)}/src/index.ts`, hostSeeing(expression.replace("PORT", String(port)), imports)];
    });
    ({ hosts } = await tryHosts({ hosts: rows.map(nameOf), files: Object.fromEntries(files) }));
  }, 60_000);
  afterAll(() => {
    delete process.env["FIRN_CANARY"];
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe("can use", () => {
    test.each(casesOf(honest))("%s: %s", (_title, _code, outcome, index) =>
      expect(hosts[index]?.shown).toMatch(outcome),
    );
  });
  describe("cannot reach beyond the language by", () => {
    test.each(casesOf(ways))("%s: %s", (_title, _code, outcome, index) => expect(hosts[index]?.shown).toMatch(outcome));
  });
  describe("cannot get by errors at", () => {
    test.each(casesOf(errors))("%s: %s", (_title, _code, outcome, index) =>
      expect(hosts[index]?.shown).toMatch(outcome),
    );
  });
  describe("cannot change what others see:", () => {
    test.each(casesOf(pollution))("%s: %s", (_title, _code, outcome, index) =>
      expect(hosts[index]?.shown).toMatch(outcome),
    );
  });
  describe("cannot learn of the machine", () => {
    test.each(casesOf(machine))("%s: %s", (_title, _code, outcome, index) =>
      expect(hosts[index]?.shown).toMatch(outcome),
    );
  });
  describe("cannot act later, or where its results are read, by", () => {
    test.each(casesOf(hooks))("%s: %s", (_title, _code, outcome, index) =>
      expect(hosts[index]?.shown).toMatch(outcome),
    );
  });

  test("cannot do any of it in another way: no connection came, no file changed, nothing of the environment is in the answers", () => {
    expect(connections).toBe(0);
    expect(readdirSync(folder)).toEqual(["canary"]);
    expect(JSON.stringify(hosts)).not.toContain(canary);
    expect(hosts).toHaveLength(rows.length);
  });
});
