import hooks from "@modules/hooks";
import { defineModule, evaluate } from "firn";
import { describe, expect, test } from "vitest";

function evaluateHooks(declared: object) {
  const host = defineModule({
    imports: [hooks],
    config: (_, define) => define(declared as never), // Wrong ones are tried, too.
  });
  return evaluate({ modules: [host] });
}

describe("hooks", () => {
  test("run on nothing and undo nothing, unless that is said", () => {
    const { config, diagnostics } = evaluateHooks({ hooks: { fonts: { run: "fc-cache" } } });
    expect(diagnostics).toEqual([]);
    expect(config.hooks).toEqual({ fonts: { run: "fc-cache", undo: null, onChange: [] } });
    expect(config.checks).toEqual({ before: {}, after: {} });
  });

  test("gather the files of several definitions", () => {
    const part = (path: string) =>
      defineModule({
        imports: [hooks],
        config: (_, define) => define({ hooks: { certificates: { onChange: [path] } } }),
      });
    const run = defineModule({
      imports: [hooks],
      config: (_, define) => define({ hooks: { certificates: { run: "update-ca-certificates" } } }),
    });
    const { config } = evaluate({ modules: [part("/etc/a"), part("/etc/b/"), run] });
    expect(config.hooks["certificates"]?.onChange.toSorted()).toEqual(["/etc/a", "/etc/b/"]);
  });

  test.each<[what: string, path: readonly string[], declared: object]>([
    ["a command that is empty", ["hooks", "a", "run"], { hooks: { a: { run: " " } } }],
    ["a null character", ["hooks", "a", "undo"], { hooks: { a: { run: "true", undo: "a\0b" } } }],
    ["an empty path", ["hooks", "a", "onChange"], { hooks: { a: { run: "true", onChange: [""] } } }],
    ["an empty check", ["checks", "before", "a", "run"], { checks: { before: { a: { run: "" } } } }],
    [
      "a time that is longer than a day",
      ["checks", "after", "a", "timeout"],
      { checks: { after: { a: { run: "true", timeout: 86_401 } } } },
    ],
  ])("refuses %s at its own line", (_, path, declared) => {
    const { diagnostics } = evaluateHooks(declared);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ code: "type-mismatch" });
    expect(diagnostics[0]?.optionPath?.slice(0, path.length)).toEqual(path);
  });
});
