import { type ContentReader, readClosureRequests, readOwnPackages } from "@firn/manifest";
import { describe, expect, test } from "vitest";

const contents: ContentReader = {
  hashText: () => "0".repeat(64),
  readSource: () => "it is not there",
  readFolder: (path) => (path === "./tool" ? { folder: "/flake/tool", sha256: "b".repeat(64) } : "it is not there"),
};

const ownOf = (own: object) => readOwnPackages({ packages: { own } }, contents);

describe("readOwnPackages", () => {
  test("reads what a package is made from, and leaves out what is not there", () => {
    const sources = {
      fetched: { address: "https://a.example/a", sha256: "a".repeat(64), unpack: true, strip: 1 },
      folder: { path: "./tool" },
      file: { text: "x", mode: "0755" },
    };
    const install = { "usr/a": { from: "file" }, "usr/b": { link: "a" } };
    const build = { script: "make", tools: ["gcc/next"], environment: { CC: "gcc" } };
    const { diagnostics, own } = ownOf({
      tool: { version: "1", sources, install, build },
      off: { version: "1", enable: false },
    });
    expect(diagnostics).toEqual([]);
    expect(own).toMatchObject([
      {
        name: "tool",
        sources: {
          fetched: { address: "https://a.example/a", mirrors: [], sha256: "a".repeat(64), unpack: { strip: 1 } },
          folder: { folder: "/flake/tool", sha256: "b".repeat(64) },
          file: { text: "x", mode: "0755" },
        },
        install,
        build: { script: "make", tools: [{ name: "gcc", source: "next" }], environment: { CC: "gcc" } },
      },
    ]);
  });

  test.each<[what: string, description: object, message: string]>([
    ["a source of nothing", { sources: { a: {} } }, 'sources.a": a source has one of address, path and text'],
    ["a source of two", { sources: { a: { text: "", path: "./tool" } } }, "a source has one of address, path and text"],
    ["no hash", { sources: { a: { address: "https://a.example" } } }, "what is fetched has a sha256"],
    ["a lost folder", { sources: { a: { path: "./lost" } } }, 'its path "./lost" cannot be read: it is not there'],
    ["no tool", { build: { script: "", tools: ["GCC"] } }, '"GCC" names no package'],
    ["what nobody can install", { install: { a: {} } }, "what is installed is from a file, or it is a link"],
    ["no version", { version: "x" }, 'packages.own.tool.version": "x" is no version'],
  ])("refuses %s at its option", (_, description, message) => {
    const { diagnostics, own } = ownOf({ tool: { version: "1", ...description } });
    expect(own).toEqual([]);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ code: "bad-manifest", message: expect.stringContaining(message) as string });
    expect(diagnostics[0]?.optionPath?.slice(0, 3)).toEqual(["packages", "own", "tool"]);
  });

  test("has its tools asked for as a closure of its own, before those that may need it", () => {
    const configuration = {
      environment: { packages: { tool: {} } },
      packages: { own: { tool: { version: "1", build: { script: "", tools: ["make", "gcc"] } } } },
    };
    const { own } = readOwnPackages(configuration, contents);
    const sources = [{ name: "debian", isOnRequest: false }];
    const { requests } = readClosureRequests(configuration, { host: "web", contents, sources, own });
    expect(requests.map(({ request: { asked, name } }) => [name, asked.map((each) => each.name)])).toEqual([
      ["web/tools/tool", ["gcc", "make"]],
      ["web", ["tool"]],
    ]);
  });
});
