import { isDiagnosticError } from "@firn/diagnostic";
import { baseTypes as types, option, toOptionType } from "@firn/option";
import { describe, expect, test } from "vitest";
import { suggestValue } from "./suggest-value.ts";

describe("suggestValue", () => {
  // The type, the refused value, what to write.
  test.each([
    [types.int, "80", "Write 80"],
    [types.int, 1.5, "Write 2"],
    [types.int, 10n, "Write 10"],
    [types.bool, "yes", "Write true"],
    [types.bool, 0, "Write false"],
    [types.str, 80, 'Write "80"'],
    [types.str, ["a"], 'Write "a", without the brackets'],
    [types.listOf(types.str), "a", 'Write it as a list: ["a"]'],
    [types.listOf(types.str), 1, "Write a list: [ … ]"],
    [types.attrsOf(types.str), ["a"], "Write an object: { name: … }"],
    [types.enum(["debug", "info"]), "INFO", 'Did you mean "info"?'],
    [types.enum(["debug", "info"]), "loud", "Write a value of that type"],
    [types.nullOr(types.enum(["tcp", "udp"])), "tpc", 'Did you mean "tcp"?'],
    [types.path, "srv/www", 'Write "/srv/www"'],
    [types.path, "~/www", "Write a value of that type"],
    [types.str, null, "Leave it out where there is nothing to define; only types.nullOr(…) takes null"],
    [types.str, () => "a", "Call the function, or write lazy(() => …) to compute the value later"],
    [types.attrTag({ left: option({ type: types.int }) }), "left", "Write { left: … }"],
  ])("for $description", (type, value, expected) => {
    expect(type.accepts(value)).toBe(false);
    expect(suggestValue(type, value)).toBe(expected);
  });
});

describe("notAType", () => {
  // What stands for a type, and the advice.
  test.each([
    ["string", "Write types.str"],
    [Number, "Write types.int"],
    ["port", "Write types.port, without quotes"],
    [types.listOf, "Call the function: types.listOf(…)"],
    [undefined, "Write type: types.str, or another of types"],
    [{}, "Write one of types, or a zod schema"],
  ])("is thrown for %s", (value, fix) => {
    expect(thrownBy(() => toOptionType(value as never))).toMatchObject([{ code: "not-a-type", fix }]);
  });
});

function thrownBy(body: () => unknown): unknown {
  try {
    return body();
  } catch (thrown) {
    return isDiagnosticError(thrown) ? thrown.diagnostics : thrown;
  }
}
