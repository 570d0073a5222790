import {
  type ContentReader,
  generationLinks,
  parseManifest,
  profilePath,
  readClosureRequests,
  readManifest,
  renderManifest,
} from "@firn/manifest";
import { describe, expect, test } from "vitest";

const contents: ContentReader = {
  hashText: () => "0".repeat(64),
  readSource: () => "it is not there",
  readFolder: () => "it is not there",
};
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

describe("readClosureRequests, homes and services", () => {
  const [jq, python] = [{ jq: plain }, { python3: { ...plain, source: "backports" } }];
  const configuration = {
    environment: { packages: { git: plain } },
    packages: { architecture: "arm64", sources: ["debian"] },
    homes: { ada: { packages: jq, packageSources: ["security"] }, bob: { packages: {} } },
    systemd: { services: { app: { packages: python } } },
  };

  test("asks for a closure of each, from sources of its own or those of the host", () => {
    const { diagnostics, requests } = readClosureRequests(configuration, { host: "web", contents, sources });
    expect(diagnostics).toEqual([]);
    const shown = requests.map(({ option, request: { architecture, asked, name, sources: used } }) => {
      const usual = used.filter(({ isOnRequest }) => !isOnRequest).map((each) => each.name);
      return [name, option.join("."), architecture, asked.map((each) => each.name), usual];
    });
    expect(shown).toEqual([
      ["web", "environment.packages", "arm64", ["git"], ["debian"]],
      ["web/homes/ada", "homes.ada.packages", "arm64", ["jq"], ["security"]],
      ["web/services/app", "systemd.services.app.packages", "arm64", ["python3"], ["debian"]],
    ]);
  });

  test("refuses a source at the option that names it", () => {
    const homes = { ada: { packages: { jq: { ...plain, source: "backport" } }, packageSources: ["secure"] } };
    const { diagnostics } = requestsOf({ homes });
    expect(diagnostics.map(({ optionPath }) => optionPath?.join("."))).toEqual([
      "homes.ada.packages.jq.source",
      "homes.ada.packageSources",
    ]);
  });
});

describe("readManifest, trees", () => {
  const pin = { version: "1", architecture: "amd64", source: "debian", size: 10, path: "pool/x.deb" };
  const member = (name: string, letter: string) => ({ ...pin, name, sha256: letter.repeat(64) });
  const tree = (folder: string, ...members: ReturnType<typeof member>[]) => ({
    members,
    asked: [members[0]?.name ?? ""],
    folder: folder.repeat(64),
  });
  const app = { name: "app.service", text: "[Service]\nExecStart=/usr/bin/app\n", packages: { app: plain } };
  const configuration = {
    users: {
      users: { ada: { group: "ada", home: "/home/ada", shell: "/bin/sh", isSystem: false } },
      groups: { ada: {} },
    },
    homes: { ada: { packages: { jq: plain } } },
    systemd: { services: { app }, sockets: { app: { name: "app.socket", text: "[Socket]\n" } } },
  };
  const trees = new Map([
    ["homes/ada", tree("a", member("jq", "1"), member("libjq1", "2"))],
    ["services/app", tree("b", member("app", "3"))],
  ]);
  const hashing: ContentReader = { ...contents, hashText: (text) => Buffer.from(text).toString("hex").padEnd(64, "0") };
  const textOf = (hash = "") => Buffer.from(hash, "hex").toString();

  test("leads to the programs of a user by a link, and runs a service with its own", () => {
    const { diagnostics, entries, manifest } = readManifest(configuration, { host: "web", contents: hashing, trees });
    expect(diagnostics).toEqual([]);
    expect(manifest?.trees?.["homes/ada"]?.packages).toEqual({
      jq: { version: "1", architecture: "amd64", content: "1".repeat(64), size: 10, isAsked: true },
      libjq1: { version: "1", architecture: "amd64", content: "2".repeat(64), size: 10, isAsked: false },
    });
    expect(manifest?.homes["ada"]?.files[profilePath]).toMatchObject({ kind: "profile", tree: "homes/ada" });
    expect(entries).toContainEqual({
      key: "package homes/ada jq",
      option: ["homes", "ada", "packages", "jq"],
      source: "debian",
    });
    const contentAt = (path: string) => {
      const file = manifest?.files[path];
      return textOf(file?.kind === "file" ? file.content : "");
    };
    const folder = "b".repeat(64);
    expect(contentAt("/etc/systemd/system/app.service")).toContain(
      `${app.text}\n[Service]\nBindReadOnlyPaths=/var/lib/firn/current/generation/trees/${folder}/usr:/usr\n`,
    );
    expect(contentAt("/etc/systemd/system/app.socket")).toContain("[Socket]\n");
    expect(contentAt("/etc/systemd/system/app.socket")).not.toContain("BindReadOnlyPaths");
  });

  test("is another manifest, with another link, when other programs are asked for of the same packages", () => {
    const folderOf = (asked: readonly string[]) => {
      const changed = new Map([["homes/ada", { ...tree("a", member("jq", "1")), asked }]]);
      const { manifest } = readManifest(configuration, { host: "web", contents: hashing, trees: changed });
      const file = manifest?.homes["ada"]?.files[profilePath];
      return file?.kind === "profile" ? file.folder : undefined;
    };
    expect(folderOf(["jq"])).toBeDefined();
    expect(folderOf(["jq"])).not.toBe(folderOf(["jq", "oniguruma"]));
  });

  test("has its trees and profiles in the generation", () => {
    const { manifest } = readManifest(configuration, { host: "web", contents, trees });
    const links = manifest === undefined ? [] : generationLinks(manifest);
    expect(links.map(({ path }) => path.slice(0, 12))).toEqual(["trees/aaaaaa", "trees/bbbbbb", "profiles/000"]);
    expect(parseManifest(manifest === undefined ? "" : renderManifest(manifest), { file: "m" }).manifest).toEqual(
      manifest,
    );
  });

  test("refuses packages of a service that the machine's manager does not run", () => {
    const { diagnostics } = readManifest({ systemd: { user: { services: { app } } } }, { host: "web", contents });
    expect(diagnostics).toMatchObject([
      {
        message:
          'Cannot use "systemd.user.services.app.packages": only a service of the system runs with packages of its own',
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
    expect(entries).toEqual([
      { key: "package git", option: ["environment", "packages", "git"], source: "debian" },
      { key: "package perl", option: [], source: "debian" },
    ]);
  });
});
