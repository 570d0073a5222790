import { isDiagnosticError } from "@firn/diagnostic";
import { isPlainObject, isView, option, type OptionType, toOptionType } from "@firn/option";
import { defineModule, isModule, type LanguageTypes, types } from "@firn/module-system";
import * as zod from "zod";
import type { Dice } from "./dice.ts";
import { isOnPurpose, oddNames, oddValue, Purpose } from "./odd-values.ts";
import { wrapped } from "./random-wrapper.ts";

/** A type, with a second opinion on what its values are. */
export interface Grown {
  readonly type: OptionType;
  /** Tells whether a merged value can be one of the type; says so without asking the type. */
  readonly fits: (value: unknown) => boolean;
  /** Makes a value that the type takes, apart from what is odd in it. */
  readonly value: (dice: Dice) => unknown;
}

type Grow = (dice: Dice, depth: number) => Grown;

/** How deep types nest. */
const deepest = 3;

/** Makes a random type. */
export function growType(dice: Dice, depth = 0): Grown {
  const names = depth < deepest ? allNames : leafNames;
  return kinds[dice.pick(names)](dice, depth);
}

/** A definition for a type: mostly one that fits, in any wrappers. */
export function growDefinition({ value }: Pick<Grown, "value">, dice: Dice): unknown {
  return wrapped(dice.chance(70) ? value(dice) : oddValue(dice), dice, () => growDefinition({ value }, dice));
}

function name(dice: Dice): string {
  return dice.chance(20) ? dice.pick(oddNames) : dice.pick(["a", "b", "c"]);
}

function leaf(type: OptionType, fits: Grown["fits"], values: readonly unknown[]): Grow {
  return () => ({ type, fits, value: (dice) => dice.pick(values) });
}

function text(type: OptionType, fits: (value: string) => boolean, values: readonly string[]): Grow {
  return leaf(type, (value) => typeof value === "string" && fits(value), values);
}

function whole(type: OptionType, low: number, high: number): Grow {
  const fits = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= low && Number(value) <= high;
  return leaf(type, fits, [0, 1, 2, 100, -1, 70_000]);
}

const any = (): boolean => true;
const { unsigned, positive, between, u8, u16, u32, s8, s16, s32 } = types.ints;

function grownInts(dice: Dice, depth: number): Grown {
  const high = dice.below(100);
  return dice.pick([
    whole(unsigned, 0, Number.MAX_VALUE),
    whole(positive, 1, Number.MAX_VALUE),
    whole(between(0, high), 0, high),
    whole(u8, 0, 255),
    whole(u16, 0, 65_535),
    whole(u32, 0, 2 ** 32 - 1),
    whole(s8, -128, 127),
    whole(s16, -32_768, 32_767),
    whole(s32, -(2 ** 31), 2 ** 31 - 1),
  ])(dice, depth);
}

/** Every type of the language; the compiler holds the table complete. */
const kinds: { readonly [K in keyof LanguageTypes]: Grow } & { readonly schema: Grow } = {
  bool: leaf(types.bool, (value) => typeof value === "boolean", [true, false]),
  boolByOr: leaf(types.boolByOr, (value) => typeof value === "boolean", [true, false]),
  int: whole(types.int, -Number.MAX_VALUE, Number.MAX_VALUE),
  ints: grownInts,
  float: leaf(types.float, Number.isFinite, [0, 1.5, -1e300]),
  number: leaf(types.number, Number.isFinite, [0, 1.5, -1e300]),
  port: whole(types.port, 0, 65_535),
  str: text(types.str, any, ["", "a", "b"]),
  nonEmptyStr: text(types.nonEmptyStr, (value) => value.trim() !== "", ["a", "b"]),
  singleLineStr: text(types.singleLineStr, (value) => !value.includes("\n"), ["a", "b"]),
  strMatching: text(types.strMatching(/[a-z]+/), (value) => /^[a-z]+$/.test(value), ["a", "b", "1"]),
  lines: text(types.lines, any, ["", "a", "b"]),
  commas: text(types.commas, any, ["", "a", "b"]),
  envVar: text(types.envVar, any, ["", "a", "b"]),
  separatedString: text(types.separatedString("--"), any, ["", "a", "b"]),
  path: text(types.path, (value) => value.startsWith("/"), ["/", "/etc"]),
  pathWith: text(types.pathWith({ absolute: false }), (value) => !value.startsWith("/") && value !== "", ["a", "b/c"]),
  enum: leaf(types.enum(["a", 1, true, null]), (value) => ["a", 1, true, null].includes(value as never), [
    "a",
    1,
    null,
  ]),
  attrs: leaf(types.attrs, isSet, [{}, { a: 1 }, { a: { b: 2 } }]),
  raw: leaf(types.raw, any, [1, {}, Symbol("raw")]),
  rawOf: leaf(types.rawOf<string>(), any, ["a", 1]),
  anything: leaf(types.anything, any, [1, { a: { b: 1 } }, { a: { c: 1 } }, [1], () => ({ a: 1 })]),
  json: leaf(types.json, (value) => isJson(value, true), [null, 1, "a", [1, null], { a: [{ b: 1 }] }, { a: { c: 2 } }]),
  toml: leaf(types.toml, (value) => isJson(value, false), [1, "a", [1], { a: [{ b: 1 }] }, { a: { c: 2 } }]),
  schema: leaf(toOptionType(zod.object({ n: zod.number() })), isSet, [{ n: 1 }, { n: 2 }]),
  deferredModule: leaf(types.deferredModule, isModule, [{}, { a: 1 }, defineModule({})]),
  listOf: (dice, depth) => listed(types.listOf, any)(dice, depth),
  nonEmptyListOf: (dice, depth) => listed(types.nonEmptyListOf, (length) => length > 0)(dice, depth),
  attrsOf(dice, depth) {
    const member = growType(dice, depth + 1);
    return {
      type: types.attrsOf(member.type),
      fits: (value) => isSet(value) && Object.values(value).every(member.fits),
      value: (random) =>
        Object.fromEntries(random.some(3, () => [name(random), growDefinition(member, random)] as const)),
    };
  },
  attrListOf(dice, depth) {
    const member = growType(dice, depth + 1);
    const fits = (value: unknown): boolean => isSet(value) && Object.values(value).every(member.fits);
    return {
      type: types.attrListOf(member.type),
      fits: (value) => Array.isArray(value) && value.every(fits),
      value: (random) => random.some(3, () => ({ [name(random)]: growDefinition(member, random) })),
    };
  },
  attrTag(dice, depth) {
    const tags = new Map([name(dice), "left", "right"].map((tag) => [tag, growType(dice, depth + 1)]));
    const declared = [...tags].map(([tag, { type }]) => [tag, option({ type })] as const);
    return {
      type: types.attrTag(Object.fromEntries(declared)) as never, // Which tags there are is not known before.
      fits(value) {
        if (!isSet(value) || Object.keys(value).length !== 1) return false;
        return Object.entries(value).every(([tag, inner]) => tags.get(tag)?.fits(inner) === true);
      },
      value(random) {
        const [tag, grown] = random.pick([...tags]);
        return { [tag]: growDefinition(grown, random) };
      },
    };
  },
  nullOr(dice, depth) {
    const inner = growType(dice, depth + 1);
    return {
      type: types.nullOr(inner.type),
      fits: (value) => value === null || inner.fits(value),
      value: (random) => (random.chance(20) ? null : inner.value(random)),
    };
  },
  either(dice, depth) {
    const first = growType(dice, depth + 1);
    const second = growType(dice, depth + 1);
    return alternatives(types.either(first.type, second.type), [first, second]);
  },
  oneOf(dice, depth) {
    const all = Array.from({ length: 1 + dice.below(4) }, () => growType(dice, depth + 1));
    return alternatives(types.oneOf(all.map(({ type }) => type) as never), all);
  },
  coercedTo(dice, depth) {
    const from = growType(dice, deepest);
    const to = growType(dice, depth + 1);
    const made = dice.chance(70) ? to.value(dice) : oddValue(dice);
    const convert = dice.chance(20) ? raise : () => made;
    return {
      type: types.coercedTo(from.type, convert, to.type),
      fits: to.fits,
      value: (random) => random.pick([from, to]).value(random),
    };
  },
  unique(dice, depth) {
    const inner = growType(dice, depth + 1);
    return { ...inner, type: types.unique(inner.type, "Only one") };
  },
  functionTo(dice, depth) {
    const result = growType(dice, depth + 1);
    return {
      type: types.functionTo(result.type),
      fits: (value) => typeof value === "function" && fitsCall(value as Call, result),
      value(random) {
        const made = growDefinition(result, random);
        return random.chance(10) ? raise : () => made;
      },
    };
  },
  addCheck(dice, depth) {
    const inner = growType(dice, depth + 1);
    const test = dice.pick([() => true, () => false, raise, (value: unknown) => typeof value === "string"]);
    return { ...inner, type: types.addCheck(inner.type, test, "checked value"), fits: (value) => inner.fits(value) };
  },
  recursive(dice, depth) {
    const inner = growType(dice, depth + 1);
    const fits = (value: unknown): boolean =>
      inner.fits(value) || (isSet(value) && Object.values(value).every((member) => fits(member)));
    const made: OptionType = types.recursive("tree", () => types.either(inner.type, types.attrsOf(made)));
    return {
      type: made,
      fits,
      value: (random) => (random.chance(50) ? inner.value(random) : { a: inner.value(random), b: { c: {} } }),
    };
  },
  submodule: growSubmodule,
};

/** Types without members: those that grow without being told how deep they stand. */
const leafNames = Object.entries(kinds).flatMap(([kind, grow]) =>
  grow.length === 0 ? [kind as keyof typeof kinds] : [],
);
const allNames = Object.keys(kinds) as (keyof typeof kinds)[]; // The table has no other keys.

function raise(): never {
  throw new Purpose();
}

function isSet(value: unknown): value is Record<string, unknown> {
  return isPlainObject(value);
}

function isJson(value: unknown, isNullable: boolean): boolean {
  if (value === null) return isNullable;
  if (Array.isArray(value)) return value.every((element) => isJson(element, isNullable));
  if (isSet(value)) return Object.values(value).every((member) => isJson(member, isNullable));
  return typeof value === "boolean" || typeof value === "string" || Number.isFinite(value);
}

function listed(make: (element: OptionType) => OptionType, isLength: (length: number) => boolean): Grow {
  return (dice, depth) => {
    const element = growType(dice, depth + 1);
    return {
      type: make(element.type),
      fits: (value) => Array.isArray(value) && isLength(value.length) && value.every(element.fits),
      value: (random) => random.some(3, () => growDefinition(element, random)),
    };
  };
}

function alternatives(type: OptionType, all: readonly Grown[]): Grown {
  return {
    type,
    fits: (value) => all.some(({ fits }) => fits(value)),
    value: (random) => random.pick(all).value(random),
  };
}

type Call = (argument: unknown) => unknown;

/** Calls a function: it gives a value of its type, or throws what its definitions throw or what is wrong with them. */
function fitsCall(call: Call, result: Grown): boolean {
  try {
    return result.fits(call(1));
  } catch (thrown) {
    return isExpected(thrown);
  }
}

/** Tells whether something thrown is a diagnostic, or comes from the code of these tests. */
export function isExpected(thrown: unknown): boolean {
  return isOnPurpose(thrown) || isDiagnosticError(thrown);
}

function growSubmodule(dice: Dice, depth: number): Grown {
  const fields = new Map(dice.some(3, () => [name(dice), growType(dice, depth + 1)] as const));
  fields.delete("_module");
  const defaults = [...fields].map(([field, grown]) => [field, growDefaults(grown, dice)] as const);
  const options = defaults.map(([field, given]) => [
    field,
    option({ type: fields.get(field)?.type as OptionType, ...given }),
  ]);
  const own = dice.chance(20) && fields.size > 0 ? dice.pick([...fields]) : undefined;
  const given = own && growDefinition(own[1], dice);
  return {
    type: types.submodule({
      ...(dice.chance(20) && { freeform: types.attrsOf(types.json) }),
      options: Object.fromEntries(options),
      ...(own && { config: (_args: unknown, define: (value: never) => void) => define({ [own[0]]: given } as never) }),
    }) as OptionType,
    fits: (value) => typeof value === "object" && value !== null && isView(value) && fitsFields(value, fields),
    value(random) {
      if (random.chance(10)) return defineModule({});
      const members = [...fields].filter(() => random.chance(70));
      const all = members.map(([field, grown]) => [field, growDefinition(grown, random)] as const);
      return Object.fromEntries(random.chance(15) ? [...all, [name(random), 1] as const] : all);
    },
  };
}

function growDefaults(grown: Grown, dice: Dice): object {
  return dice.chance(40) ? { default: growDefinition(grown, dice) as never } : {};
}

/** Checks each field that has a value; what is wrong with one that has none is thrown by reading it. */
function fitsFields(view: object, fields: ReadonlyMap<string, Grown>): boolean {
  return [...fields].every(([field, { fits }]) => {
    try {
      return fits(Reflect.get(view, field));
    } catch (thrown) {
      if (isDiagnosticError(thrown)) return true;
      throw thrown;
    }
  });
}
