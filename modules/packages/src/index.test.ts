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
