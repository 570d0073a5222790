import { addressesIn, pullTag, pushContents } from "@firn/registry";
import { openStore } from "@firn/store";
import { describe, expect, test } from "vitest";
import { problemOf } from "../test/pushed-texts.ts";

describe("addressesIn", () => {
  test.each([
    ["registry.example/web", "https://registry.example/v2/web/blobs/sha256:abc"],
    ["registry.example:5000/firn/web-1__x", "https://registry.example:5000/v2/firn/web-1__x/blobs/sha256:abc"],
    ["localhost:5000/web", "http://localhost:5000/v2/web/blobs/sha256:abc"],
    ["127.0.0.1:5000/web", "http://127.0.0.1:5000/v2/web/blobs/sha256:abc"],
    ["[::1]:5000/web", "http://[::1]:5000/v2/web/blobs/sha256:abc"],
    ["10.0.0.1/web", "https://10.0.0.1/v2/web/blobs/sha256:abc"],
  ])("of %s gives %s", (registry, address) => {
    expect(addressesIn(registry)("abc")).toBe(address);
  });

  test.each([
    "",
    "web",
    "registry.example",
    "https://registry.example/web",
    "registry.example/Web",
    "registry.example/web/",
  ])("refuses %o", (registry) => {
    expect(() => addressesIn(registry)).toThrow(`Cannot use "${registry}" as a registry`);
  });

  test.each(["ada:secret@registry.example/web", "registry.example/../web", "registry.example:99999/web", "a b/web"])(
    "refuses %o, too",
    (registry) => {
      expect(() => addressesIn(registry)).toThrow(/^Cannot use /);
    },
  );
});

test("tags that no registry takes are refused before anything is sent", async () => {
  const options = { registry: "127.0.0.1:1/web", tag: "a/b", environment: {} };
  const expected = ['bad-usage: Cannot use "a/b" as a tag', "Write letters, digits, dots, dashes and underscores"];
  expect(await problemOf(pushContents({ ...options, contents: [], description: new Uint8Array() }))).toEqual(expected);
  expect(await problemOf(pullTag({ ...options, store: openStore("/nowhere") }))).toEqual(expected);
});
