import { parseFlake } from "@firn/flake-file";
import { describe, expect, test } from "vitest";

const file = "flake.yaml";

const shellsOf = (text: string, role: "root" | "input" = "root") => parseFlake(text, { file, role }).manifest.shells;

/** Line, column and message of each problem. */
const problemsOf = (text: string, role: "root" | "input" = "root") =>
  parseFlake(text, { file, role }).diagnostics.map(({ marks, message }) => {
    const { line, column } = marks[0]?.place.position ?? { line: 0, column: 0 };
    return `${line}:${column} ${message.replace("Cannot use ", "")}`;
  });

describe("parseFlake, caches", () => {
  test("are registries, in their order, and those of an input are not looked at", () => {
    const caches = ["registry.example:5000/firn", "127.0.0.1:1/a/b-c"];
    expect(parseFlake(`caches: ${JSON.stringify(caches)}\n`, { file }).manifest.caches).toStrictEqual(caches);
    expect(parseFlake("caches: 7\n", { file, role: "input" }).manifest.caches).toStrictEqual([]);
    expect(problemsOf("caches: [https://registry.example/firn]\n")).toStrictEqual([
      '1:10 "caches.0": it names no repository of a registry',
    ]);
  });
});

describe("parseFlake, shells", () => {
  test("reads packages as apt names them, and all else that can be said", () => {
    const text = [
      "shells:",
      "  default:",
      "    packages: [nodejs, jq/backports, git=1:2.39.5-0+deb12u2]",
      "    sources: [debian]",
      "    architectures: [amd64, arm64]",
      "    environment: { NODE_ENV: development }",
      "  docs: { packages: [pandoc] }",
      "",
    ].join("\n");
    expect(problemsOf(text)).toStrictEqual([]);
    expect({ ...shellsOf(text) }).toStrictEqual({
      default: {
        packages: [
          { name: "nodejs" },
          { name: "jq", source: "backports" },
          { name: "git", version: "1:2.39.5-0+deb12u2" },
        ],
        sources: ["debian"],
        architectures: ["amd64", "arm64"],
        environment: { NODE_ENV: "development" },
        place: { position: { file, line: 2, column: 3 } },
      },
      docs: { packages: [{ name: "pandoc" }], environment: {}, place: { position: { file, line: 7, column: 3 } } },
    });
  });

  test("are for whoever works on a flake: those of an input are not looked at", () => {
    expect(problemsOf("shells: 7\n", "input")).toStrictEqual([]);
    expect(Object.keys(shellsOf("shells: { default: { packages: [jq] } }\n", "input"))).toStrictEqual([]);
  });

  test.each<[what: string, yaml: string, problem: string]>([
    ["no map", "shells: [jq]", '1:9 "shells": it is a list, not a map of keys and values'],
    ["a bad name", "shells: { my shell: { packages: [] } }", '1:11 shell "my shell": it is not a name'],
    ["no packages", "shells: { a: { environment: {} } }", '1:11 shell "a": it has no "packages"'],
    [
      "a misspelt field",
      "shells: { a: { package: [jq] } }",
      '1:16 the key "package" in shell "a": there is no such key',
    ],
    ["a name in capitals", "shells: { a: { packages: [Jq] } }", '1:27 "packages.0" of shell "a": it names no package'],
    [
      "a variable that none can set",
      "shells: { a: { packages: [], environment: { A-B: x } } }",
      '1:45 "environment.A-B" of shell "a": it is not the name of a variable',
    ],
    [
      "a number",
      "shells: { a: { packages: [], environment: { A: 1 } } }",
      '1:48 "environment.A" of shell "a": it is the number 1, not text',
    ],
  ])("tells of %s where it stands", (_, yaml, problem) => {
    expect(problemsOf(`${yaml}\n`)).toStrictEqual([problem]);
  });
});
