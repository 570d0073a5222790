import { type ConfigOf, defineModule, option, type OptionType, types } from "firn";
import * as z from "zod";

// Compiled with everything else, and never run: a wrong line is an error of the compiler.

/** Is true for the same types only: two functions over all T are alike if what they compare T with is the same. */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Expect<T extends true> = T;
type Value<T> = T extends OptionType<infer V, unknown> ? V : never;

/** What reading gives, for each type. */
export type Values = [
  Expect<Equal<Value<typeof types.bool>, boolean>>,
  Expect<Equal<Value<typeof types.boolByOr>, boolean>>,
  Expect<Equal<Value<typeof types.int>, number>>,
  Expect<Equal<Value<typeof types.ints.unsigned>, number>>,
  Expect<Equal<Value<typeof types.ints.positive>, number>>,
  Expect<Equal<Value<ReturnType<typeof types.ints.between>>, number>>,
  Expect<Equal<Value<typeof types.ints.u8>, number>>,
  Expect<Equal<Value<typeof types.ints.s32>, number>>,
  Expect<Equal<Value<typeof types.float>, number>>,
  Expect<Equal<Value<typeof types.number>, number>>,
  Expect<Equal<Value<typeof types.port>, number>>,
  Expect<Equal<Value<typeof types.str>, string>>,
  Expect<Equal<Value<typeof types.nonEmptyStr>, string>>,
  Expect<Equal<Value<typeof types.singleLineStr>, string>>,
  Expect<Equal<Value<ReturnType<typeof types.strMatching>>, string>>,
  Expect<Equal<Value<typeof types.lines>, string>>,
  Expect<Equal<Value<typeof types.commas>, string>>,
  Expect<Equal<Value<typeof types.envVar>, string>>,
  Expect<Equal<Value<ReturnType<typeof types.separatedString>>, string>>,
  Expect<Equal<Value<typeof types.path>, string>>,
  Expect<Equal<Value<ReturnType<typeof types.pathWith>>, string>>,
  Expect<Equal<Value<typeof types.attrs>, { readonly [name: string]: unknown }>>,
  Expect<Equal<Value<typeof types.raw>, unknown>>,
];

const declaring = defineModule({
  args: { domain: types.str },
  options: {
    enum: option({ type: types.enum(["debug", "info", 3, null]) }),
    list: option({ type: types.listOf(types.enum(["a", "b"])) }),
    nonEmptyList: option({ type: types.nonEmptyListOf(types.int) }),
    set: option({ type: types.attrsOf(types.listOf(types.bool)) }),
    attrList: option({ type: types.attrListOf(types.int) }),
    tag: option({ type: types.attrTag({ left: option({ type: types.int }), right: option({ type: types.str }) }) }),
    nullable: option({ type: types.nullOr(types.str) }),
    either: option({ type: types.either(types.int, types.nullOr(types.bool)) }),
    oneOf: option({ type: types.oneOf([types.int, types.str, types.listOf(types.str)]) }),
    coerced: option({ type: types.coercedTo(types.str, Number, types.int) }),
    unique: option({ type: types.unique(types.lines) }),
    date: option({ type: types.rawOf<Date>() }),
    call: option({ type: types.functionTo(types.str) }),
    checked: option({ type: types.addCheck(types.int, (value) => value % 2 === 0, "even integer") }),
    recursive: option({ type: types.recursive("number", () => types.int) }),
    applied: option({ type: types.str, apply: (text) => text.split(",") }),
    schema: option({ type: z.object({ url: z.string(), retries: z.number().default(3) }) }),
    schemas: option({ type: types.listOf(z.coerce.number<string>()) }),
    nested: { deep: { port: option({ type: types.port }) } },
    instance: option({
      type: types.submodule({
        options: { root: option({ type: types.path }), tls: { key: option({ type: types.nullOr(types.path) }) } },
      }),
    }),
    open: option({
      type: types.submodule({ freeform: types.attrsOf(types.int), options: { port: option({ type: types.port }) } }),
    }),
  },
});

type Config = ConfigOf<(typeof declaring)["~options"]>;

/** What `config` offers. */
export type Read = [
  Expect<Equal<Config["enum"], "debug" | "info" | 3 | null>>,
  Expect<Equal<Config["list"], readonly ("a" | "b")[]>>,
  Expect<Equal<Config["nonEmptyList"], readonly number[]>>,
  Expect<Equal<Config["set"], { readonly [name: string]: readonly boolean[] }>>,
  Expect<Equal<Config["attrList"], readonly { readonly [name: string]: number }[]>>,
  Expect<Equal<Config["tag"], { readonly left: number } | { readonly right: string }>>,
  Expect<Equal<Config["nullable"], string | null>>,
  Expect<Equal<Config["either"], number | boolean | null>>,
  Expect<Equal<Config["oneOf"], number | string | readonly string[]>>,
  Expect<Equal<Config["coerced"], number>>,
  Expect<Equal<Config["unique"], string>>,
  Expect<Equal<Config["date"], Date>>,
  Expect<Equal<Config["call"], (argument: unknown) => string>>,
  Expect<Equal<Config["checked"], number>>,
  Expect<Equal<Config["recursive"], number>>,
  Expect<Equal<Config["applied"], string[]>>,
  Expect<Equal<Config["schema"], { url: string; retries: number }>>,
  Expect<Equal<Config["schemas"], readonly number[]>>,
  Expect<Equal<Config["nested"]["deep"]["port"], number>>,
  Expect<Equal<Config["instance"]["root"], string>>,
  Expect<Equal<Config["instance"]["tls"]["key"], string | null>>,
  Expect<Equal<Config["open"]["port"], number>>,
  Expect<Equal<Config["open"]["other"], number>>,
  Expect<Equal<Config["_module"]["args"]["domain"], string>>,
  Expect<Equal<keyof Config["instance"], "root" | "tls">>,
  Expect<Equal<keyof Config["nested"]["deep"], "port">>,
];
