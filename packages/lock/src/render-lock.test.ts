import { normalizeRequirement, parentPath } from "@firn/input";
import { emptyLock, isFollowsPin, type Lockfile, parseLock, type Pin, renderLock } from "@firn/lock";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const objectId = fc.stringMatching(/^[0-9a-f]{40}$/);
const name = fc.constantFrom("a", "b", "core", "Z", "a-b", "a_b", "constructor", "toString");
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
const flag = <Value>(value: Value) => fc.option(fc.constant(value), { nil: undefined });
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const overriddenBy = optional(fc.oneof(fc.constant("."), path));

const wantFields = {
  git: fc.constantFrom("https://git.example/a", "ssh://git@git.example/ü", "git@git.example:a/b"),
  dir: optional(fc.constantFrom("x", "packages/ü", "a b")),
  tagPrefix: optional(fc.constantFrom("v", "ui@", "a/b/")),
  submodules: flag(true as const),
  flake: flag(false as const),
};
const gitFields = {
  commit: objectId,
  tree: objectId,
  integrity: fc.constant(`sha256-${"A".repeat(43)}=`),
  overriddenBy,
};
const versioned = fc.record({
  ...gitFields,
  want: fc.record({ ...wantFields, semver: fc.constantFrom("^1.2", ">=1 <3 || 4.x", "*", "1.0.0-rc.1") }),
  version: fc.constantFrom("1.2.3", "10.0.0-rc.1", "1.0.0+build"),
  tag: fc.constantFrom("v1.2.3", "ü/v1"),
  tagObject: fc.option(objectId),
});
const unversioned = fc.record({
  ...gitFields,
  want: fc.record({ ...wantFields, ref: optional(fc.constantFrom("main", "refs/heads/ü")) }),
});
const local = fc.record({
  want: fc.record({ path: fc.constantFrom("./a", "../b c"), flake: flag(false as const) }),
  overriddenBy,
});
const follower = fc.record({ follows: fc.oneof(fc.constant(""), path), overriddenBy });

/** Drops fields that are undefined, which no text has. */
const withoutUndefined = (value: unknown): Pin => JSON.parse(JSON.stringify(value)) as Pin; // The same, less some.
const pin = fc.oneof(versioned, unversioned, local, follower).map((value) => {
  const plain = withoutUndefined(value);
  return isFollowsPin(plain) ? plain : ({ ...plain, want: normalizeRequirement(plain.want) } as Pin); // The same kind.
});

/** Locks in which every parent is there and has inputs. */
const lock = fc.array(fc.tuple(path, pin), { maxLength: 30 }).map((entries): Lockfile => {
  const inputs: Record<string, Pin> = {};
  for (const [at, one] of entries.toSorted(([a], [b]) => a.length - b.length)) {
    const parent = parentPath(at);
    const above = Object.hasOwn(inputs, parent) ? inputs[parent] : undefined;
    if (parent === "" || (above !== undefined && !isFollowsPin(above))) {
      if (!Object.hasOwn(inputs, at)) inputs[at] = one;
    }
  }
  return { ...emptyLock, inputs };
});

/** Turns the order of all keys around. */
const reversed = (value: unknown): unknown =>
  typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, one]) => [key, reversed(one)]),
      )
    : value;

describe("renderLock", () => {
  test("gives a text that parses to the same lock, and renders to the same text", () => {
    fc.assert(
      fc.property(lock, (one) => {
        const text = renderLock(one);
        const parsed = parseLock(text, { file: "lockfile.json" });
        expect(parsed.diagnostics).toStrictEqual([]);
        expect(parsed.lock).toEqual(one);
        expect(renderLock(parsed.lock ?? emptyLock)).toBe(text);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test("does not depend on the order of inputs and fields", () => {
    fc.assert(
      fc.property(lock, (one) => {
        expect(renderLock(reversed(one) as Lockfile)).toBe(renderLock(one)); // The same lock in another order.
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  test("writes fields in their order, and printable characters as they are", () => {
    const commit = "4cc75d1b76f8ae6f9d8a0efe8a1cd74958e6c4cd";
    const integrity = "sha256-6MD2f4o6U5hcIToJFtEexIewKy0pWIcJVEjXpfGvUX0=";
    const want = { flake: false, dir: "ü", semver: "^1.2", git: "https://git.example/acme/core" } as const;
    const core = {
      overriddenBy: ".",
      integrity,
      tree: commit,
      commit,
      tagObject: null,
      tag: "ü/v1.4.2",
      version: "1.4.2",
    };
    const text = renderLock({
      ...emptyLock,
      inputs: { "a/b": { follows: "" }, a_b: { ...core, want }, a: { want: { path: "./a" } } },
    });
    expect(text).toBe(`{
  "lockfileVersion": 1,
  "inputs": {
    "a": {
      "want": {
        "path": "./a"
      }
    },
    "a/b": {
      "follows": ""
    },
    "a_b": {
      "want": {
        "git": "https://git.example/acme/core",
        "semver": "^1.2",
        "dir": "ü",
        "flake": false
      },
      "version": "1.4.2",
      "tag": "ü/v1.4.2",
      "tagObject": null,
      "commit": "${commit}",
      "tree": "${commit}",
      "integrity": "${integrity}",
      "overriddenBy": "."
    }
  }
}
`);
  });
});
