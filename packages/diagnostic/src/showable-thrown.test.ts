import { showableThrown } from "@firn/diagnostic";
import { expect, test } from "vitest";

const refuse = (): never => {
  throw new Error("no");
};
const plain = new TypeError("plain");

test.each([[plain], ["text"], [5], [null]])("showableThrown gives %o as it is", (thrown) => {
  expect(showableThrown(thrown)).toBe(thrown);
});

test.each([
  ["nothing", undefined, "nothing was thrown"],
  ["an object without text", Object.create(null), "threw {}"],
  ["an object that throws as text", { toString: refuse }, "threw { toString: the function refuse }"],
  ["an error with a number for a message", Object.assign(new Error(), { message: 5 }), "threw a value of class Error"],
  ["an error whose message throws", Object.defineProperty(new Error(), "message", { get: refuse }), "threw a value"],
  ["a proxy that refuses all", new Proxy({}, { getPrototypeOf: refuse, get: refuse }), "cannot be shown"],
])("showableThrown makes an error of %s", (_, thrown, message) => {
  expect(showableThrown(thrown)).toMatchObject({ message: expect.stringContaining(message) });
});
