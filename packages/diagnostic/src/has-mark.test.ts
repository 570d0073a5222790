import { hasMark } from "@firn/diagnostic";
import { expect, test } from "vitest";

const mark = Symbol.for("a mark");
const refusing = new Proxy(
  {},
  {
    has() {
      throw new Error("no");
    },
  },
);

test.each([
  ["an object that has it, whatever its value", { [mark]: undefined }, true],
  ["an object that inherits it", Object.create({ [mark]: 1 }), true],
  ["an object with a field of that name", { "a mark": 1 }, false],
  ["a proxy that refuses to say", refusing, false],
  ["text", "text", false],
  ["null", null, false],
  ["undefined", undefined, false],
])("hasMark of %s", (_, value, expected) => {
  expect(hasMark(value, mark)).toBe(expected);
});
