import { describe, expect, test } from "vitest";
import { lazy, mkIf, mkMerge, mkOrder, mkOverride } from "@firn/definition";
import { isDiagnosticError, renderDiagnostic } from "@firn/diagnostic";
import { option, type OptionType } from "@firn/option";
import { defineModule, evaluate, type Evaluation, type Module, types } from "@firn/module-system";

// Each of these once crashed, never ended or gave a wrong value.

function evaluateOne(type: OptionType, value: unknown): Evaluation {
  const define = defineModule({
    options: { o: option({ type }) },
    config(_given, give) {
      give({ o: value as never });
    },
  });
  return evaluate({ modules: [define] });
}

function codesOf(evaluation: Evaluation): string[] {
  for (const each of evaluation.diagnostics) renderDiagnostic(each);
  return evaluation.diagnostics.map(({ code }) => code);
}

function codeThrown(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (thrown) {
    return isDiagnosticError(thrown) ? thrown.diagnostics[0]?.code : String(thrown);
  }
}

const fail = (): never => {
  throw new Error("on purpose");
};
const failing = new Proxy(
  {},
  { get: fail, has: fail, getPrototypeOf: fail, ownKeys: fail, getOwnPropertyDescriptor: fail },
);
const { proxy: revoked, revoke } = Proxy.revocable(() => undefined, {});
revoke();
const cyclic: Record<string, unknown> = {};
cyclic["self"] = cyclic;
const forever: unknown = lazy(() => forever);

class Nameless extends Date {
  static override readonly name = Symbol("no name") as never;
}

describe("evaluate reports, and does not throw, what is defined as", () => {
  const cases: readonly (readonly [string, OptionType, unknown, string])[] = [
    ["a proxy that fails, for a scalar", types.str, failing, "type-mismatch"],
    ["a proxy that fails, for a set", types.attrsOf(types.str), failing, "type-mismatch"],
    ["a proxy that fails, in json", types.json, { a: [failing] }, "type-mismatch"],
    ["a proxy that fails, as a condition", types.int, mkIf(failing as never, 1), "bad-condition"],
    ["a revoked proxy", types.str, revoked, "type-mismatch"],
    ["a class whose name is no text", types.str, Nameless, "type-mismatch"],
    ["a set that contains itself", types.json, cyclic, "endless-nesting"],
    ["a lazy value that gives itself", types.int, forever, "endless-nesting"],
    [
      "a thrown proxy",
      types.int,
      lazy(() => {
        throw failing;
      }),
      "apply-failed",
    ],
    [
      "a thrown object without text",
      types.int,
      lazy(() => {
        throw { toString: fail };
      }),
      "apply-failed",
    ],
  ];
  test.each(cases)("%s", (_title, type, value, code) => {
    expect(codesOf(evaluateOne(type, value))).toEqual([code]);
  });
});

test("evaluate takes raw values that cannot be compared, and value leaves out what cannot be copied", () => {
  for (const each of [failing, cyclic]) {
    const evaluation = evaluateOne(types.raw as OptionType, each);
    expect(codesOf(evaluation)).toEqual([]);
    expect((evaluation.config as { o: unknown }).o).toBe(each);
    expect(() => evaluation.explain(["o"])).not.toThrow();
  }
  expect(evaluateOne(types.raw as OptionType, cyclic).value(["o"])).toEqual({});
});

test("evaluate names a cycle through a value that fails when it is looked at", () => {
  const list = new Proxy([], { get: fail });
  const module = defineModule({
    options: { raw: option({ type: types.raw }), count: option({ type: types.int, default: 0 }) },
    config({ config }, define) {
      define({ raw: config.count % 2 === 0 ? list : [] });
    },
  });
  const counting = defineModule({
    imports: [module],
    config({ config }, define) {
      define({ count: config.raw === list ? 1 : 2 });
    },
  });
  expect(codesOf(evaluate({ modules: [counting] }))).toEqual(["cycle"]);
});

describe("An option declared twice", () => {
  const declareTwice = (first: OptionType, second: OptionType): Evaluation =>
    evaluate({ modules: [first, second].map((type) => defineModule({ options: { o: option({ type }) } })) as [] });
  const tag = (name: string): OptionType => types.attrTag({ [name]: option({ type: types.int }) }) as OptionType;

  test.each(["constructor", "__proto__", "toString"])("may have a tag named %s", (name) => {
    const evaluation = declareTwice(tag("a"), tag(name));
    expect(codesOf(evaluation)).toEqual([]);
    expect(evaluation.option(["o"])?.type.description).toContain(`a, ${name}`);
  });

  test("keeps the tests of the second type, of whatever kind the two are", () => {
    const narrow = types.addCheck(types.enum(["a", "b"]), (value) => value === "b", "b");
    const narrower = types.addCheck(narrow, () => true, "certainly b");
    for (const type of [narrow, narrower]) {
      const evaluation = declareTwice(types.enum(["a", "b"]), type);
      expect(codesOf(evaluation)).toEqual([]);
      expect(evaluation.option(["o"])?.type.accepts("a")).toBe(false);
    }
    const tags = types.addCheck(
      types.addCheck(tag("a"), () => true, "tag"),
      () => true,
      "tag again",
    );
    expect(codesOf(declareTwice(tag("b"), tags))).toEqual([]);
    expect(
      codesOf(
        declareTwice(
          types.addCheck(tag("b"), () => true, "tag b"),
          tags,
        ),
      ),
    ).toEqual([]);
  });
});

test("addCheck tests the value of an option that nobody defines, too", () => {
  const type = types.addCheck(types.nullOr(types.int), (value) => value !== null, "integer after all");
  const { config } = evaluate({ modules: [defineModule({ options: { o: option({ type }) } })] });
  expect(codeThrown(() => config.o)).toBe("no-value");
});

test("attrs takes a member named __proto__ as a member", () => {
  const { config } = evaluateOne(types.attrs as OptionType, JSON.parse('{ "__proto__": { "a": 1 } }'));
  const { o } = config as { o: object };
  expect(Object.keys(o)).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(o)).toBe(Object.prototype);
});

test("mkOverride and mkOrder refuse what is no number: no definition would count", () => {
  expect(() => mkOverride(Number.NaN, 1)).toThrow("mkOverride takes a number first");
  expect(() => mkOrder("first" as never, 1)).toThrow("mkOrder takes a number first");
});

test("options tells of a definition that cannot be unwrapped that it is one", () => {
  const evaluation = evaluateOne(types.int, lazy(fail));
  expect(evaluation.option(["o"])?.isDefined).toBe(true);
});

test("The configuration cannot be frozen or given another prototype", () => {
  for (const change of [Object.freeze, (view: object) => Object.setPrototypeOf(view, null)]) {
    const { config } = evaluateOne(types.int, 1);
    expect(codeThrown(() => change(config as object))).toBe("config-changed-value");
    expect((config as { o: unknown }).o).toBe(1);
  }
});

describe("functionTo", () => {
  const call = (evaluation: Evaluation, argument: unknown): unknown =>
    (evaluation.config as { o: (argument: unknown) => unknown }).o(argument);
  const numbered = types.submodule({
    options: { n: option({ type: types.int }), twice: option({ type: types.int }) },
    config({ config }, define) {
      define({ twice: 2 * config.n });
    },
  });
  const calls = types.functionTo(numbered) as OptionType;

  test("reports a call that gives no value", () => {
    const evaluation = evaluateOne(types.functionTo(types.int) as OptionType, () => mkIf(false, 1));
    expect(codeThrown(() => call(evaluation, 1))).toBe("no-value");
  });

  test("gives each call a submodule of its own, also after the evaluation", () => {
    const evaluation = evaluateOne(calls, (n: number) => ({ n }));
    const [one, two] = [call(evaluation, 1), call(evaluation, 2)] as { n: number; twice: number }[];
    expect([one?.twice, two?.twice]).toEqual([2, 4]);
    expect(codeThrown(() => call(evaluation, "one"))).toBe("type-mismatch");
  });

  test("gives submodules to config functions, whose definitions may read what is not there yet", () => {
    const module = defineModule({
      options: {
        f: option({ type: types.functionTo(numbered) }),
        base: option({ type: types.int }),
        r: option({ type: types.listOf(types.int) }),
      },
      config({ config }, define) {
        define({ r: [config.f(1 as never).twice, config.f(2 as never).twice] });
      },
    });
    const later = defineModule({
      imports: [module],
      config({ config }, define) {
        define({ base: 10 });
        define({ f: (n: number) => ({ n: n + config.base }) });
      },
    });
    const { config, diagnostics } = evaluate({ modules: [later] });
    expect(diagnostics).toEqual([]);
    expect(config.r).toEqual([22, 24]);
  });
});

test.each([1, 2, 3])(
  "A submodule that defines %i of its own kind inside each one ends",
  (children) => {
    const inner = Object.fromEntries(Array.from({ length: children }, (_, index) => [`c${index}`, {}]));
    const top: Module = defineModule({
      options: {
        v: option({
          type: types.recursive("v", () => types.attrsOf(types.submodule({ imports: [top] }))),
          default: {},
        }),
      },
      config(_given, define) {
        define({ v: inner } as never);
      },
    });
    const { diagnostics } = evaluate({ modules: [top] });
    expect([...new Set(diagnostics.map(({ code }) => code))]).toEqual(["endless-nesting"]);
    expect(diagnostics.length).toBe(1);
  },
  30_000,
);

test("A tree of submodules that ends is taken", () => {
  const top: Module = defineModule({
    options: {
      v: option({ type: types.recursive("v", () => types.attrsOf(types.submodule({ imports: [top] }))), default: {} }),
    },
  });
  const depth = 40;
  const tree = Array.from({ length: depth }).reduce<object>((inner) => ({ v: { a: inner } }), {});
  const root = defineModule({ imports: [top], config: (_given, define) => define(mkMerge([tree as never])) });
  const evaluation = evaluate({ modules: [root] });
  expect(evaluation.diagnostics).toEqual([]);
  expect(
    evaluation.hasValue(
      Array.from({ length: depth })
        .flatMap(() => ["v", "a"])
        .slice(0, -1),
    ),
  ).toBe(true);
});
