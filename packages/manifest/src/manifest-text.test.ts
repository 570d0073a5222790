import { type Manifest, manifestJsonSchema, parseManifest, renderManifest } from "@firn/manifest";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const empty: Manifest = {
  version: 1,
  host: "web",
  files: {},
  directories: {},
  users: {},
  groups: {},
  homes: {},
  hooks: {},
  checks: {
    before: {},
    after: {},
  },
  takeOver: [],
};
const file = "manifest.json";

const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const mode = fc.stringMatching(/^[0-7]{4}$/);
const name = fc.constantFrom("ada", "_x", "constructor", "a-b");
const part = fc
  .string({ minLength: 1, maxLength: 8, unit: "grapheme" })
  .filter((text) => !/^\.{1,2}$|[/\p{Cc}]/u.test(text));
const homePath = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
const path = homePath.map((each) => `/srv/${each}`);
const managed = fc.oneof(
  fc.record({ kind: fc.constant("link" as const), content: hash }),
  fc.record({ kind: fc.constant("link" as const), content: hash, executable: fc.constant(true as const) }),
  fc.record({ kind: fc.constant("file" as const), content: hash, mode, user: name, group: name }),
  fc.record({ kind: fc.constant("symlink" as const), target: path }),
);
const directory = fc.record({ mode, user: name, group: name });
const hook = fc.record({ run: fc.string(), onChange: fc.array(path) });
const check = fc.record({ run: fc.string(), timeout: fc.nat() });
const manifest: fc.Arbitrary<Manifest> = fc.record({
  version: fc.constant(1 as const),
  host: part,
  files: fc.dictionary(path, managed),
  directories: fc.dictionary(path, directory),
  users: fc.dictionary(
    name,
    fc.record({
      group: name,
      uid: fc.nat(),
      extraGroups: fc.array(name),
      home: path,
      shell: path,
      description: fc.string(),
      isSystem: fc.boolean(),
      subIds: fc.boolean(),
    }),
  ),
  groups: fc.dictionary(name, fc.record({ members: fc.array(name), isSystem: fc.boolean() })),
  homes: fc.dictionary(
    name,
    fc.record({
      files: fc.dictionary(homePath, managed),
      directories: fc.dictionary(homePath, directory),
      hooks: fc.dictionary(name, hook),
    }),
  ),
  hooks: fc.dictionary(name, hook),
  checks: fc.record({ before: fc.dictionary(name, check), after: fc.dictionary(name, check) }),
  takeOver: fc.array(path),
});

describe("renderManifest", () => {
  test("and parseManifest give any manifest back", () => {
    fc.assert(
      fc.property(manifest, (any) => {
        expect(parseManifest(renderManifest(any), { file })).toEqual({ manifest: any, diagnostics: [] });
      }),
    );
  });

  test("gives one text for all orders of the fields", () => {
    const files = { "/b": { kind: "symlink", target: "x" }, "/a": { target: "y", kind: "symlink" } } as const;
    const turned = { "/a": { kind: "symlink", target: "y" }, "/b": { target: "x", kind: "symlink" } } as const;
    const { takeOver, ...rest } = empty;
    const texts = [renderManifest({ ...empty, files }), renderManifest({ takeOver, ...rest, files: turned })];
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).toMatch(/^\{\n "checks": \{[\s\S]*\n\}\n$/);
  });

  test("writes no field that is undefined", () => {
    expect(renderManifest({ ...empty, hooks: { h: { run: "x", onChange: [] } } })).not.toContain("undo");
  });
});

describe("parseManifest", () => {
  test.each<[title: string, text: string, why: string]>([
    ["what is no JSON", "{", "The text is no JSON"],
    ["what is no object", "[]", "Invalid input: expected object, received array"],
    ["a missing field", JSON.stringify({ ...empty, takeOver: undefined }), 'At "takeOver": Invalid input'],
    ["a field too much", JSON.stringify({ ...empty, more: 1 }), "more"],
    [
      "a path that leads out",
      JSON.stringify({ ...empty, files: { "/srv/../x": { kind: "symlink", target: "x" } } }),
      'no part ".."',
    ],
    [
      "a path of a home that leads out",
      JSON.stringify({
        ...empty,
        homes: { ada: { files: { "../x": { kind: "symlink", target: "x" } }, directories: {}, hooks: {} } },
      }),
      'no part ".."',
    ],
    [
      "a home of nobody",
      JSON.stringify({ ...empty, homes: { "../ada": { files: {}, directories: {}, hooks: {} } } }),
      "An account has",
    ],
    [
      "a hash that is a path",
      JSON.stringify({ ...empty, files: { "/x": { kind: "link", content: "../../etc/shadow" } } }),
      "64 hexadecimal digits",
    ],
    [
      "a mode that is none",
      JSON.stringify({ ...empty, directories: { "/x": { mode: "u+s", user: "root", group: "root" } } }),
      "four octal digits",
    ],
    ["an unknown kind", JSON.stringify({ ...empty, files: { "/x": { kind: "socket" } } }), 'At "files."/x".kind"'],
  ])("refuses %s", (_title, text, why) => {
    const { diagnostics, manifest: parsed } = parseManifest(text, { file });
    expect(parsed).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "bad-manifest", message: 'Cannot read the manifest "manifest.json"' }]);
    expect(diagnostics[0]?.why?.join("\n")).toContain(why);
  });

  test("says which Firn reads a later version", () => {
    expect(parseManifest(JSON.stringify({ ...empty, version: 2 }), { file }).diagnostics).toMatchObject([
      { why: ["It has version 2, and this Firn reads version 1"], fix: "Use the Firn that wrote it, or a newer one" },
    ]);
  });
});

test("manifestJsonSchema describes a manifest", () => {
  expect(manifestJsonSchema()).toMatchObject({
    type: "object",
    required: expect.arrayContaining(["version", "files"]),
  });
});
