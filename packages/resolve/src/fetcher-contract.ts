import { describe, expect, test } from "vitest";
import type { Fetcher, Source } from "./fetcher.ts";

/** What a repository has at first. */
export interface RepositoryContent {
  /** Commits of the main branch, the first first: the text of each file by its path. */
  readonly commits: readonly Readonly<Record<string, string>>[];
  /** The commit that each branch is at, by its number from 0. */
  readonly branches?: Readonly<Record<string, number>>;
  /** The commit that each tag leads to, by its number from 0. */
  readonly tags?: Readonly<Record<string, { readonly commit: number; readonly isAnnotated?: boolean }>>;
}

/** A repository that was made for a test. */
export interface MadeRepository {
  /** Address where the fetcher finds it. */
  readonly git: string;
  /** Ids of the commits, in their order. */
  readonly commits: readonly string[];
}

/** What an implementation gives for a test; it cleans up after the test by itself. */
export interface FetcherWorld {
  readonly fetcher: Fetcher;
  makeRepository(content: RepositoryContent): MadeRepository;
  /** An address where nothing is. */
  readonly nowhere: string;
}

/** One thing that every fetcher does. */
interface FetcherCase {
  readonly title: string;
  check(world: FetcherWorld): Promise<void>;
}

const files = {
  "flake.yaml": "name: one\n",
  "lockfile.json": "{}\n",
  "sub/flake.yaml": "name: two\n",
  "sub/deep/a": "a",
};

const whole = { dir: "", submodules: false };

function alone(git: string): Source {
  return { git, mirrors: [] };
}

const refCases: readonly FetcherCase[] = [
  {
    title: "with the default branch, branches, and tags with the commits that they lead to",
    async check({ fetcher, makeRepository }) {
      const tags = { light: { commit: 0 }, "v1.0.0": { commit: 1, isAnnotated: true } };
      const content = { commits: [files, { ...files, b: "b" }], branches: { "topic/one": 0 }, tags };
      const { git, commits } = makeRepository(content);
      const { value, diagnostics } = await fetcher.listRefs(alone(git));
      expect(diagnostics).toEqual([]);
      expect(value?.head).toBe(commits[1]);
      expect(Object.fromEntries(value?.branches ?? [])).toEqual({ main: commits[1], "topic/one": commits[0] });
      expect(value?.tags.get("light")).toEqual({ commit: commits[0] });
      expect(value?.tags.get("v1.0.0")).toEqual({
        commit: commits[1],
        tagObject: expect.stringMatching(/^[\da-f]{40}/),
      });
      expect(value?.tags.get("v1.0.0")?.tagObject).not.toBe(commits[1]);
      expect(value?.tags.size).toBe(2);
    },
  },

  {
    title: "of an empty repository, which are none",
    async check({ fetcher, makeRepository }) {
      const { value } = await fetcher.listRefs(alone(makeRepository({ commits: [] }).git));
      expect(value).toEqual({ branches: new Map(), tags: new Map() });
    },
  },

  {
    title: "of nothing as an error",
    async check({ fetcher, nowhere }) {
      const { value, diagnostics } = await fetcher.listRefs(alone(nowhere));
      expect(value).toBeUndefined();
      expect(diagnostics).toMatchObject([{ code: "fetch-failed", severity: "error" }]);
    },
  },
];

const treeCases: readonly FetcherCase[] = [
  {
    title: "with the texts of the flake and of its lock, and ids that are right in a lock",
    async check({ fetcher, makeRepository }) {
      const { git, commits } = makeRepository({ commits: [files, { a: "a" }] });
      const [first = "", second = ""] = commits;
      const { value, diagnostics } = await fetcher.fetchTree({ source: alone(git), commit: first, ...whole });
      expect(diagnostics).toEqual([]);
      expect(value).toEqual({
        tree: expect.stringMatching(/^(?:[\da-f]{40}|[\da-f]{64})$/),
        integrity: expect.stringMatching(/^sha256-[\w+/]{42}[AEIMQUYcgkosw048]=$/),
        flakeFile: files["flake.yaml"],
        lockFile: files["lockfile.json"],
      });
      const bare = await fetcher.fetchTree({ source: alone(git), commit: second, ...whole });
      expect(Object.keys(bare.value ?? {}).toSorted()).toEqual(["integrity", "tree"]);
    },
  },

  {
    title: "of a folder as if it were alone",
    async check({ fetcher, makeRepository }) {
      const { git, commits } = makeRepository({ commits: [files, { ...files, other: "" }] });
      const other = makeRepository({ commits: [{ "flake.yaml": files["sub/flake.yaml"], "deep/a": "a" }] });
      const requests = [
        ...commits.map((commit) => ({ source: alone(git), commit, ...whole, dir: "sub" })),
        { source: alone(other.git), commit: other.commits[0] ?? "", ...whole },
      ];
      const trees = await Promise.all(requests.map((request) => fetcher.fetchTree(request)));
      expect(trees[0]?.value?.flakeFile).toBe(files["sub/flake.yaml"]);
      expect(trees[1]).toEqual(trees[0]);
      expect(trees[2]).toEqual(trees[0]);
    },
  },

  {
    title: "with other ids where files differ",
    async check({ fetcher, makeRepository }) {
      const { git, commits } = makeRepository({ commits: [files, { ...files, a: "" }, { ...files, b: "" }] });
      const trees = await Promise.all(
        commits.map((commit) => fetcher.fetchTree({ source: alone(git), commit, ...whole })),
      );
      expect(new Set(trees.map(({ value }) => value?.tree)).size).toBe(3);
      expect(new Set(trees.map(({ value }) => value?.integrity)).size).toBe(3);
    },
  },
];

/** What cannot be fetched: a commit or a folder that is not there. */
const refusals: readonly FetcherCase[] = [
  {
    title: "but not a commit that is not there",
    check: (world) => expectRefusal(world, { commit: "1".repeat(40), code: "missing-commit" }),
  },
  {
    title: "but not a folder that is not there",
    check: (world) => expectRefusal(world, { dir: "none", code: "bad-input-tree" }),
  },
  {
    title: "but not a folder of which only the start of the name is there",
    check: (world) => expectRefusal(world, { dir: "su", code: "bad-input-tree" }),
  },
];

async function expectRefusal(
  { fetcher, makeRepository }: FetcherWorld,
  { commit, dir = "", code }: { commit?: string; dir?: string; code: string },
): Promise<void> {
  const { git, commits } = makeRepository({ commits: [files] });
  const request = { source: alone(git), commit: commit ?? commits[0] ?? "", dir, submodules: false };
  const { value, diagnostics } = await fetcher.fetchTree(request);
  expect(value).toBeUndefined();
  expect(diagnostics).toMatchObject([{ code, severity: "error" }]);
}

const mirrorCases: readonly FetcherCase[] = [
  {
    title: "where the first address does not answer",
    async check({ fetcher, makeRepository, nowhere }) {
      const { git, commits } = makeRepository({ commits: [files] });
      const source = { git: nowhere, mirrors: [git] };
      expect((await fetcher.listRefs(source)).value?.head).toBe(commits[0]);
      const request = { source, commit: commits[0] ?? "", dir: "", submodules: false };
      expect((await fetcher.fetchTree(request)).value?.flakeFile).toBe(files["flake.yaml"]);
    },
  },

  {
    title: "where it lacks a commit, but not for its refs",
    async check({ fetcher, makeRepository }) {
      const first = makeRepository({ commits: [{ a: "a" }] });
      const { git, commits } = makeRepository({ commits: [files] });
      const source = { git: first.git, mirrors: [git] };
      expect((await fetcher.listRefs(source)).value?.head).toBe(first.commits[0]);
      const request = { source, commit: commits[0] ?? "", dir: "", submodules: false };
      expect((await fetcher.fetchTree(request)).value?.flakeFile).toBe(files["flake.yaml"]);
    },
  },
];

/**
 * Describes what every fetcher does, as tests of vitest. Messages are its own;
 * codes are not: `fetch-failed`, `missing-commit`, `bad-input-tree`.
 *
 * @param open makes a new world for each test
 */
export function describeFetcher(name: string, open: () => FetcherWorld): void {
  describe.each([
    ["lists refs", refCases],
    ["fetches trees", [...treeCases, ...refusals]],
    ["turns to mirrors", mirrorCases],
  ])(`${name} %s`, (_does, cases) => {
    test.each(cases)("$title", async ({ check }) => {
      expect.hasAssertions();
      await check(open());
    });
  });
}
