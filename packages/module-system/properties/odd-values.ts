import { lazy, mkIf, mkMerge, mkOrder, mkOverride } from "@firn/definition";
import { option } from "@firn/option";
import { defineModule, types } from "@firn/module-system";
import type { Dice } from "./dice.ts";

/** Names that objects have by themselves, or that other code looks for. */
export const oddNames: readonly string[] = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "then",
  "toJSON",
  "valueOf",
  "length",
  "",
  "0",
  "a.b",
  "_module",
  "\u0000",
];

/** What code of these tests throws on purpose; nobody else throws it. */
export class Purpose extends Error {
  constructor() {
    super("thrown on purpose");
  }
}

function fail(): never {
  throw new Purpose();
}

/** Everything that a proxy can be asked fails. */
const failing = Object.fromEntries(
  Object.getOwnPropertyNames(Reflect).map((trap) => [trap, fail]),
) as ProxyHandler<object>;

function deep(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
}

function cyclic(): unknown[] {
  const set: Record<string, unknown> = { a: 1 };
  set["self"] = set;
  const list: unknown[] = [1];
  list.push(list);
  const merged: unknown[] = [];
  merged.push(mkMerge(merged));
  const forever: unknown = lazy(() => forever);
  return [set, list, { set, list }, mkMerge(merged), forever, { deep: { forever } }];
}

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

class Instance {
  field = 1;
}

class Nameless extends Instance {
  static override readonly name: never = Symbol("no name") as never;
}

const getter = {
  get broken(): never {
    return fail();
  },
};

function unspeakable(): unknown {
  return Object.assign(new Error("no message"), { toString: fail, name: 5, message: { toString: fail } });
}

const oddError = unspeakable();
const oddProxy = new Proxy({}, failing);

/** Tells whether something thrown comes from the code of these tests. */
export function isOnPurpose(thrown: unknown): boolean {
  if (thrown === undefined || thrown === oddError || thrown === oddProxy) return true;
  if (thrown instanceof Purpose) return true;
  return thrown instanceof TypeError && /revoked|without 'new'/.test(thrown.message);
}

/** Values that nobody should define an option with. */
export const oddValues: readonly unknown[] = [
  undefined,
  null,
  Number.NaN,
  -0,
  Number.POSITIVE_INFINITY,
  2 ** 53,
  10n ** 30n,
  Symbol("symbol"),
  Symbol.iterator,
  () => 1,
  () => fail(),
  async () => undefined,
  Instance,
  Nameless,
  new Instance(),
  new Nameless(),
  new Date(0),
  new Date(Number.NaN),
  new Map([[1, 2]]),
  new Set([1]),
  new Uint8Array(3),
  /pattern/g,
  new Error("a value"),
  unspeakable(),
  Promise.resolve(1),
  new WeakMap(),
  Object(1),
  Object("text"),
  Object.create(null),
  Object.create({ inherited: 1 }),
  Object.assign(Object.create(null), { a: 1 }),
  Object.fromEntries(oddNames.map((name) => [name, 1])),
  Object.fromEntries(oddNames.map((name) => [name, { [name]: name }])),
  JSON.parse('{ "__proto__": { "polluted": true }, "a": 1 }'),
  { [Symbol("key")]: 1 },
  { a: undefined },
  Object.fromEntries(["then", "toJSON"].map((name) => [name, () => undefined])),
  { toString: fail, valueOf: fail, [Symbol.toPrimitive]: fail },
  { toString: fail, valueOf: fail },
  { constructor: undefined },
  { constructor: { name: Symbol("name") } },
  getter,
  { inner: getter },
  [getter],
  new Proxy({}, failing),
  new Proxy([], failing),
  new Proxy(() => undefined, failing),
  { a: new Proxy({}, failing) },
  [new Proxy({}, failing)],
  revoked({}),
  revoked([]),
  revoked(() => undefined),
  // oxlint-disable-next-line no-sparse-arrays -- lists with holes are what is tested.
  [1, , 3],
  Array.from({ length: 3 }),
  Object.assign([], { length: 5 }),
  Object.assign([1], { extra: 1 }),
  [[], [[]], [undefined]],
  "x".repeat(10_000),
  "\ud800",
  "",
  " ",
  "line\nline",
  "true",
  "80",
  "/",
  "a\0b",
  deep(20_000, (inner) => ({ a: inner })),
  deep(20_000, (inner) => [inner]),
  deep(20_000, (inner) => mkMerge([inner])),
  deep(200, (inner) => ({ a: inner, b: [inner] }).b),
  ...cyclic(),
  types.int,
  option({ type: types.int }),
  { nested: option({ type: types.int }) },
  defineModule({}),
  mkIf("yes" as never, 1),
  mkIf(undefined as never, { a: 1 }),
  mkIf(
    lazy(() => 5 as never),
    1,
  ),
  mkIf(lazy(fail), 1),
  mkIf(new Proxy({}, failing) as never, 1),
  mkOverride(1e300, 1),
  mkOverride(-1, 1),
  mkOrder(-1e300, 1),
  mkMerge([]),
  lazy(fail),
  lazy(() => {
    throw undefined;
  }),
  lazy(() => {
    throw oddError;
  }),
  lazy(() => {
    throw oddProxy;
  }),
  lazy(() => undefined),
];

/** A value that nobody should define an option with. */
export function oddValue(dice: Dice): unknown {
  return dice.pick(oddValues);
}
