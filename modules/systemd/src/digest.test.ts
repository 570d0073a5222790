import { expect, test } from "vitest";
import { digest } from "./digest.ts";

test("digest is the same for the same text, and another for a text with any other letter", () => {
  const text = "worker_connections 1536;\n".repeat(100);
  const others = [...text].map((_, index) => `${text.slice(0, index)}#${text.slice(index + 1)}`);
  const digests = new Set([text, `${text} `, "", ...others].map(digest));
  expect(digest(text)).toBe(digest(text.slice(0, 10) + text.slice(10)));
  expect(digests.size).toBe(others.length + 3);
  expect([...digests].every((each) => /^[0-9a-f]{16}$/.test(each))).toBe(true);
});
