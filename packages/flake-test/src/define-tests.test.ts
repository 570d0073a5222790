import { defineTests } from "@firn/flake-test";
import { describe, expect, expectTypeOf, test } from "vitest";

describe("defineTests", () => {
  test("gives back the tests, in their order", () => {
    const tests = { "is second by name": () => {}, "comes last": () => {} };
    expect(Object.keys(defineTests({ packages: ["nginx-light"], tests }).tests)).toEqual(Object.keys(tests));
  });

  test("gives a test a host and expectations that know the type of their value", () => {
    const { tests } = defineTests({
      tests: {
        "is typed": async ({ host, expect: expectValue }) => {
          expectTypeOf(await host.succeed(["true"])).toEqualTypeOf<string>();
          expectTypeOf((await host.fetch("http://a.example/")).status).toEqualTypeOf<number>();
          expectTypeOf(expectValue(1).toBe).parameter(0).toEqualTypeOf<number>();
          expectTypeOf(expectValue(["a"]).toContain)
            .parameter(0)
            .toEqualTypeOf<string>();
          expectTypeOf(expectValue([1]).not.toContain)
            .parameter(0)
            .toEqualTypeOf<number>();
        },
      },
    });
    expect(Object.keys(tests)).toEqual(["is typed"]);
  });
});
