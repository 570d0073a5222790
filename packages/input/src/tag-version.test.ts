import { findVersions, type FoundVersions, tagPrefixOf } from "@firn/input";
import * as fc from "fast-check";
import { maxSatisfying, parse, rcompare, satisfies, valid } from "semver";
import { describe, expect, test } from "vitest";

/** Each tag leads to a commit of its own, unless one is given behind a space. */
function find(tags: readonly string[], prefix = ""): FoundVersions {
  const targets = tags.map((each, at) => {
    const [tag = "", commit = `commit ${at}`] = each.split(" ");
    return [tag, { commit }] as const;
  });
  return findVersions({ branches: new Map(), tags: new Map(targets) }, prefix);
}

const namesOf = ({ versions }: FoundVersions): string[] => versions.map(({ version }) => version.version);

describe("findVersions", () => {
  test("takes none of what npm takes for versions of another thing", () => {
    const others = [
      "other/v1.99.0",
      "other@1.98.0",
      "release-v1.11.0",
      "nightly-2026.11.22",
      "v01.5.0",
      "V1.7.0",
      "v1.4",
      "1",
      "vv1.0.0",
      "v1.0.0.0",
      "v1.0.0-",
      "v1.0.0-01",
      "v1.0.0+",
      "v99999999999999999999.0.0",
      "version1.0.0",
      " v1.0.0",
    ];
    expect(namesOf(find(others))).toStrictEqual([]);
    expect(namesOf(find([...others, "v1.2.3"]))).toStrictEqual(["1.2.3"]);
  });

  test("orders versions highest first, with and without v", () => {
    expect(namesOf(find(["v1.2.0", "1.10.0", "v1.9.0", "2.0.0-rc.1", "v2.0.0"]))).toStrictEqual([
      "2.0.0",
      "2.0.0-rc.1",
      "1.10.0",
      "1.9.0",
      "1.2.0",
    ]);
  });

  test.each([
    [
      "packages/ui/",
      ["packages/ui/v1.0.0", "packages/uix/v2.0.0", "x/packages/ui/v3.0.0", "v4.0.0", "packages/ui/1.1.0"],
      ["1.1.0", "1.0.0"],
    ],
    ["@acme/ui@", ["@acme/ui@1.0.0", "@acme/uix@2.0.0", "ui@3.0.0"], ["1.0.0"]],
    ["release-", ["release-1.0.0", "release-v1.1.0", "1.2.0"], ["1.1.0", "1.0.0"]],
    ["v", ["v1.0.0", "vv1.1.0", "1.2.0"], ["1.1.0", "1.0.0"]],
  ])("strips the prefix %s exactly", (prefix, tags, expected) => {
    expect(namesOf(find(tags, prefix))).toStrictEqual(expected);
  });

  test("gives the commit, and the tag object where there is one", () => {
    const tags = new Map([
      ["v1.0.0", { commit: "c", tagObject: "t" }],
      ["v0.9.0", { commit: "d" }],
    ]);
    const [first, second] = findVersions({ branches: new Map(), tags }, "").versions;
    expect(first).toMatchObject({ tag: "v1.0.0", commit: "c", tagObject: "t" });
    expect(second).not.toHaveProperty("tagObject");
  });

  test.each([[["v1.0.0 a", "1.0.0 a"]], [["1.0.0 a", "v1.0.0 a"]]])(
    "takes two tags of one version and commit for one, whatever their order: %j",
    (tags) => {
      const { versions, ambiguous } = find(tags);
      expect([versions.map(({ tag }) => tag), ambiguous]).toStrictEqual([["v1.0.0"], []]);
    },
  );

  test.each([
    [["v1.0.0 a", "1.0.0 b", "v0.9.0 c"]],
    [["v1.0.0+one a", "v0.9.0 c", "v1.0.0+two b"]],
    [["v1.0.0 a", "1.0.0 a", "v1.0.0+x b", "v0.9.0 c"]],
  ])("takes none of two tags of one version that lead to different commits: %j", (tags) => {
    const { versions, ambiguous } = find(tags);
    expect(versions.map(({ tag }) => tag)).toStrictEqual(["v0.9.0"]);
    expect(ambiguous.map((pair) => pair.map(({ commit }) => commit).toSorted())).toStrictEqual([["a", "b"]]);
  });
});

test.each([
  [{ git: "g" }, ""],
  [{ git: "g", dir: "a/b" }, "a/b/"],
  [{ git: "g", dir: "a/b", tagPrefix: "" }, ""],
  [{ git: "g", tagPrefix: "x@" }, "x@"],
])("tagPrefixOf gives what stands before the version for %j", (requirement, prefix) => {
  expect(tagPrefixOf(requirement)).toBe(prefix);
});

const number = fc.nat({ max: 3 });
const triple = fc.tuple(number, number, number).map((numbers) => numbers.join("."));
const identifier = fc.constantFrom("alpha", "beta", "rc", "0", "1", "01", "x-y", "");
const suffix = fc.oneof(
  { weight: 3, arbitrary: fc.constant("") },
  fc.array(identifier, { minLength: 1, maxLength: 3 }).map((parts) => `-${parts.join(".")}`),
);
const build = fc.oneof({ weight: 5, arbitrary: fc.constant("") }, fc.constantFrom("+b", "+b.2", "+", "+é"));
const tagName = fc
  .tuple(
    fc.constantFrom("", "", "v", "v", "V", "release-", "other/v", "pkg@", "vv"),
    fc.oneof(triple, triple, fc.constantFrom("1.2", "01.2.3", "1")),
    suffix,
    build,
  )
  .map((parts) => parts.join(""));
const comparator = fc
  .tuple(fc.constantFrom("^", "~", ">=", "<", "<=", ">", "=", ""), triple, suffix)
  .map((parts) => parts.join(""));
const range = fc.oneof(
  fc.constantFrom("*", "1.x", "^1", "~2.1", "x", "<2", "0.0.x"),
  comparator,
  fc.tuple(comparator, comparator).map(([one, other]) => `${one} ${other}`),
  fc.tuple(comparator, comparator).map(([one, other]) => `${one} || ${other}`),
  fc.tuple(triple, triple).map(([one, other]) => `${one} - ${other}`),
);
const tagNames = fc.uniqueArray(tagName, { maxLength: 25 });

describe("findVersions, compared with node-semver", () => {
  /** What node-semver itself takes for a version once a small v is taken away, which it would take away in its own way. */
  const ownVersions = (tags: readonly string[]): string[] =>
    tags.map((tag) => tag.replace(/^v(?=\d)/, "")).filter((tag) => /^\d/.test(tag) && valid(tag) !== null);

  test("finds the same versions, in the same order", () => {
    fc.assert(
      fc.property(tagNames, (tags) => {
        const found = find(tags.map((tag) => `${tag} same`));
        const expected = [...new Set(ownVersions(tags).map((tag) => parse(tag)?.version ?? ""))];
        expect(namesOf(found)).toStrictEqual(expected.toSorted(rcompare));
        expect(found.ambiguous).toStrictEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("the first that satisfies a range is the one that maxSatisfying picks", () => {
    fc.assert(
      fc.property(tagNames, range, (tags, wanted) => {
        const picked = find(tags.map((tag) => `${tag} same`)).versions.find(({ version }) =>
          satisfies(version, wanted),
        );
        const best = maxSatisfying(ownVersions(tags), wanted);
        expect(picked?.version.version).toBe(best === null ? undefined : parse(best)?.version);
      }),
      { numRuns: 1000 },
    );
  });

  test("gives the same whatever the order of the tags", () => {
    fc.assert(
      fc.property(
        tagNames.chain((tags) => fc.tuple(fc.constant(tags), fc.shuffledSubarray(tags, { minLength: tags.length }))),
        ([tags, shuffled]) => {
          const same = (names: readonly string[]): string[] =>
            find(names.map((tag) => `${tag} ${tag.length % 2}`)).versions.map(
              ({ version, commit }) => `${version.version} ${commit}`,
            );
          expect(same(shuffled)).toStrictEqual(same(tags));
        },
      ),
    );
  });
});
