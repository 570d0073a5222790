import { showAddress, showWords } from "@firn/download";
import { expect, test } from "vitest";

test.each([
  ["https://ada:secret@host/x/y.deb", "https://host/x/y.deb"],
  ["https://token@host/x", "https://host/x"],
  ["https://a:b@c@host/x", "https://host/x"],
  ["https://host/x?token=secret#part", "https://host/x"],
  ["https://host/x@2", "https://host/x@2"],
  ["https://host?a=http://b@c", "https://host"],
  ["no address", "no address"],
])("showAddress of %o is %o", (address, expected) => {
  expect(showAddress(address)).toBe(expected);
});

test.each([
  [" two\n\tlines ", "two lines"],
  ["x".repeat(301), `${"x".repeat(300)}…`],
])("showWords of %o is %o", (text, expected) => {
  expect(showWords(text)).toBe(expected);
});
