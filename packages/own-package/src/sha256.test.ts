import { createHash } from "node:crypto";
import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { sha256 } from "./sha256.ts";

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

test("sha256 is that of node:crypto, for all lengths around a block", () => {
  for (let length = 0; length < 200; length++) expect(sha256("x".repeat(length))).toBe(hash("x".repeat(length)));
});

test("sha256 is that of node:crypto, for any text", () => {
  assert(
    property(string({ unit: "grapheme", maxLength: 500 }), (text) => {
      expect(sha256(text)).toBe(hash(text));
    }),
  );
});
