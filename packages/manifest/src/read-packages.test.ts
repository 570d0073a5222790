import { type ContentReader, readClosureRequests, readManifest } from "@firn/manifest";
import { describe, expect, test } from "vitest";

const contents: ContentReader = { hashText: () => "0".repeat(64), readSource: () => "it is not there" };
const sources = [
  { name: "backports", isOnRequest: true },
  { name: "debian", isOnRequest: false },
  { name: "security", isOnRequest: false },
];

function requestsOf(configuration: object) {
  const { diagnostics, requests } = readClosureRequests(configuration, { host: "web", contents, sources });
  return { diagnostics, requests: requests.map(({ request }) => request) };
}

const plain = { enable: true, source: null, version: null };

describe("readClosureRequests", () => {
  test("asks for nothing where no package is wanted", () => {
    for (const packages of [{}, { nano: { ...plain, enable: false } }])
      expect(requestsOf({ environment: { packages } })).toEqual({ requests: [], diagnostics: [] });
  });

  test("asks for what is wanted, sorted, from sources in the order in which they count", () => {
    const environment = { packages: { zsh: plain, git: { ...plain, source: "backports", version: "1:2.39" } } };
    const packages = { choose: { openssl: { source: null, version: "3.0.15-1" } }, exclude: ["vim", "apache2"] };
    expect(requestsOf({ environment, packages })).toEqual({
      diagnostics: [],
      requests: [
        {
          name: "web",
          architecture: "amd64",
          sources: [sources[1], sources[2], sources[0]],
          asked: [{ name: "git", source: "backports", version: "1:2.39" }, { name: "zsh" }],
          chosen: [{ name: "openssl", version: "3.0.15-1" }],
          excluded: ["apache2", "vim"],
          marks: new Map(),
        },
      ],
    });
  });

  test("uses only the sources that the host names, in its order", () => {
    const { requests } = requestsOf({ environment: { packages: { git: plain } }, packages: { sources: ["security"] } });
    expect(requests[0]?.sources).toEqual([
      { name: "security", isOnRequest: false },
      { name: "backports", isOnRequest: true },
      { name: "debian", isOnRequest: true },
    ]);
  });

  test.each([
    [
      "of a package",
      { environment: { packages: { git: { ...plain, source: "backport" } } } },
      "environment.packages.git.source",
    ],
    [
      "of a chosen one",
      { environment: { packages: { git: plain } }, packages: { choose: { ssl: { source: "backport" } } } },
      "packages.choose.ssl.source",
    ],
    [
      "of the host",
      { environment: { packages: { git: plain } }, packages: { sources: ["backport"] } },
      "packages.sources",
    ],
  ])("refuses a source %s that the flake has not, and names the nearest", (_, configuration, path) => {
    const { diagnostics, requests } = requestsOf(configuration);
    expect(requests).toEqual([]);
    expect(diagnostics).toMatchObject([
      {
        code: "bad-manifest",
        message: `Cannot use "${path}": the flake has no package source "backport"`,
        fix: 'Write "backports"',
      },
    ]);
  });
});

describe("readManifest", () => {
  test("has the packages of the lock, each with the name of its file, and says which were asked for", () => {
    const member = {
      name: "git",
      version: "1:2.39",
      architecture: "amd64",
      source: "debian",
      sha256: "a".repeat(64),
      size: 10,
      path: "pool/git.deb",
    };
    const members = [member, { ...member, name: "perl", sha256: "b".repeat(64), neededBy: "git" }];
    const packages = { manager: "apt", members, fileNameOf: ({ name }: { name: string }) => `${name}.deb` };
    const { entries, manifest } = readManifest({}, { host: "web", contents, packages });
    const common = { version: "1:2.39", architecture: "amd64", size: 10 };
    expect(manifest?.packages).toEqual({
      manager: "apt",
      set: {
        git: { ...common, content: "a".repeat(64), file: "git.deb", isAsked: true },
        perl: { ...common, content: "b".repeat(64), file: "perl.deb", isAsked: false },
      },
    });
    expect(entries).toEqual([{ key: "package git", option: ["environment", "packages", "git"] }]);
  });
});
