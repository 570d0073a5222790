import { spawnSync } from "node:child_process";
import environment, { renderShell } from "@modules/environment";
import { constantFrom, array, assert, property } from "fast-check";
import { defineModule, evaluate } from "firn";
import { describe, expect, test } from "vitest";

function evaluateEnvironment(declared: object) {
  const host = defineModule({
    imports: [environment],
    config: (_, define) => define({ environment: declared as never }), // Wrong ones are tried, too.
  });
  return evaluate({ modules: [host] });
}

describe("environment", () => {
  test("writes what shells and systemd read, and nothing where nothing is declared", () => {
    const { config, diagnostics } = evaluateEnvironment({
      variables: { EDITOR: "vim", N: 3 },
      shellAliases: { ll: "ls -l" },
    });
    expect(diagnostics).toEqual([]);
    const { etc } = config.environment;
    expect(etc["profile.d/firn.sh"]?.text).toContain('export EDITOR="vim"\nexport N="3"\nalias ll=\'ls -l\'\n');
    expect(etc["environment.d/60-firn.conf"]?.text).toBe('EDITOR="vim"\nN="3"\n');
    expect(evaluateEnvironment({}).config.environment.etc).toEqual({});
  });

  test.each<[what: string, declared: object]>([
    ["a name that sh does not take", { variables: { "A-B": "1" } }],
    ["a value of two lines", { variables: { A: "1\n2" } }],
    ["a null character", { variables: { A: "\0" } }],
    ["an alias with a space", { shellAliases: { "a b": "ls" } }],
  ])("refuses %s at its own line", (_, declared) => {
    const { diagnostics } = evaluateEnvironment(declared);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.optionPath?.[0]).toBe("environment");
  });
});

describe("renderShell", () => {
  const run = (lines: string): string =>
    spawnSync("sh", ["-c", lines], { encoding: "utf8", env: { HOME: "/h" } }).stdout;

  test("replaces variables, and runs nothing", { timeout: 30_000 }, () => {
    const letters = constantFrom("a", " ", "`", "$(", ")", '"', "'", "\\", "&", ";", "*", "é");
    assert(
      property(array(letters, { maxLength: 8 }), (chosen) => {
        const value = chosen.join("");
        const text = renderShell({ variables: { VALUE: value }, shellAliases: {}, shellInit: "" });
        expect(run(`${text}printf %s "$VALUE"`)).toBe(value);
      }),
      { numRuns: 60 },
    );
    const path = renderShell({ variables: { P: "$HOME/bin:${HOME}" }, shellAliases: {}, shellInit: "umask 027" });
    expect(run(`${path}printf "%s %s" "$P" "$(umask)"`)).toBe("/h/bin:/h 0027");
  });
});
