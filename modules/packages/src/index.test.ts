import packages from "@modules/packages";
import { defineModule, evaluate, mkForce } from "firn";
import { describe, expect, test } from "vitest";

function evaluatePackages(...definitions: readonly object[]) {
  const modules = definitions.map((declared) =>
    defineModule({
      imports: [packages],
      config: (_, define) => define(declared as never), // Wrong ones are tried, too.
    }),
  );
  return evaluate({ modules });
}

const plain = { enable: true, source: null, version: null };

describe("environment.packages", () => {
  test("is a list of names, or says more of each, and gathers both", () => {
    const { config, diagnostics } = evaluatePackages(
      { environment: { packages: ["git", "zsh"] } },
      { environment: { packages: { git: { source: "backports" } } } },
    );
    expect(diagnostics).toEqual([]);
    expect(config.environment.packages).toEqual({ git: { ...plain, source: "backports" }, zsh: plain });
  });

  test("loses a package by what another module says", () => {
    const { config, diagnostics } = evaluatePackages(
      { environment: { packages: ["git", "nano"] } },
      { environment: { packages: { nano: { enable: mkForce(false) } } } },
    );
    expect(diagnostics).toEqual([]);
    expect(config.environment.packages["nano"]).toEqual({ ...plain, enable: false });
  });

  test.each<[what: string, path: readonly string[], declared: object]>([
    ["a name in capitals", ["environment", "packages"], { environment: { packages: ["Git"] } }],
    [
      "a version with a space",
      ["environment", "packages", "git", "version"],
      { environment: { packages: { git: { version: "1 2" } } } },
    ],
    ["an architecture of other distributions", ["packages", "architecture"], { packages: { architecture: "x86_64" } }],
  ])("refuses %s at its own line", (_, path, declared) => {
    const { diagnostics } = evaluatePackages(declared);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ code: "type-mismatch" });
    expect(diagnostics[0]?.optionPath?.slice(0, path.length)).toEqual(path);
  });
});

describe("packages.own", () => {
  test("describes what is fetched, built and installed, and fills in the rest", () => {
    const own = {
      tool: {
        version: "1.7",
        sources: { tool: { address: "https://tool.example/tool", sha256: "a".repeat(64) } },
        install: { "usr/bin/tool": "tool" },
      },
      shed: { version: "2", build: { script: "make", tools: ["make"] } },
    };
    const { config, diagnostics } = evaluatePackages({ packages: { own } });
    expect(diagnostics).toEqual([]);
    expect(config.packages.own["tool"]).toMatchObject({
      summary: "A package of this flake",
      build: null,
      install: { "usr/bin/tool": { from: "tool", link: null, mode: null } },
      sources: { tool: { unpack: false, strip: 0, text: null, path: null } },
    });
    expect(config.packages.own["shed"]?.build).toEqual({ script: "make", tools: ["make"], environment: {} });
  });

  test.each<[what: string, path: readonly string[], own: object]>([
    ["a name in capitals", [], { Tool: { version: "1" } }],
    ["a hash that is none", ["a", "sources", "a", "sha256"], { a1: { version: "1", sources: { a: { sha256: "1" } } } }],
    ["permissions that are none", ["a", "install"], { a1: { version: "1", install: { a: { from: "a", mode: "x" } } } }],
  ])("refuses %s at its own line", (_, path, own) => {
    const { diagnostics } = evaluatePackages({ packages: { own } });
    expect(diagnostics).toMatchObject([{ code: "type-mismatch" }]);
    expect(diagnostics[0]?.optionPath).toEqual(expect.arrayContaining(["packages", "own", ...path.slice(1)]));
  });
});
