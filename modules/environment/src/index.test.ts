import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import environment, { type Environment, renderEnvironmentD, renderShell } from "@modules/environment";
import { array, assert, constantFrom, property } from "fast-check";
import { defineModule, evaluate } from "firn";
import { describe, expect, onTestFinished, test } from "vitest";

function evaluateEnvironment(declared: object) {
  const host = defineModule({
    imports: [environment],
    config: (_, define) => define({ environment: declared as never }), // Wrong ones are tried, too.
  });
  return evaluate({ modules: [host] });
}

const none: Environment = { variables: {}, shellAliases: {}, shellInit: "" };
const home = "/h";

/** Runs lines with a shell that knows no variable but HOME, PATH and those that are given. */
function run(lines: string, { shell = "sh", options = "-c", env = {} as object } = {}): string {
  const { stderr, stdout } = spawnSync(shell, [options, lines], {
    encoding: "utf8",
    env: { HOME: home, PATH: "/usr/bin:/bin", ...env },
  });
  expect(stderr).toBe("");
  return stdout;
}

/** Gives the variables that systemd reads from a text, by the program that it reads them with itself. */
function readBySystemd(text: string): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "firn-environment-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "environment.d"));
  writeFileSync(join(folder, "environment.d/60-firn.conf"), text);
  const generator = "/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator";
  const env = { HOME: home, PATH: "/usr/bin:/bin", XDG_CONFIG_HOME: folder };
  const { status, stdout } = spawnSync(generator, { encoding: "utf8", env });
  expect(status).toBe(0);
  // It writes them for EnvironmentFile=, which sh reads in the same way but for tabs.
  const names = [...stdout.matchAll(/^(\w+)=/gm)].map(([, name = ""]) => name);
  const values = run(`${stdout}\nprintf '%s\\0' ${names.map((name) => `"$${name}"`).join(" ")}`).split("\0");
  return new Map(names.map((name, index) => [name, values[index] ?? ""]));
}

// No name of a variable comes of these: what refers to none is text.
const letters = constantFrom("-", " ", "`", "$$", "$(", "$1", "$ ", "${", "}", ")", '"', "'", "\\", "&", "#", "*", "é");
const texts = array(letters, { maxLength: 8 }).map((chosen) => chosen.join(""));
const meant = (value: string): string => value.replaceAll("$$", "$");

describe("environment", () => {
  test("writes what shells and systemd read, and nothing where nothing is declared", () => {
    const { config, diagnostics } = evaluateEnvironment({
      variables: { EDITOR: "vim", N: 3 },
      shellAliases: { ll: "ls -l" },
    });
    expect(diagnostics).toEqual([]);
    const { etc } = config.environment;
    const shell = etc["profile.d/firn.sh"]?.text;
    expect(shell).toContain('export EDITOR="vim"\nexport N="3"\ncase $- in *i*)\nalias ll=\'ls -l\'\n;; esac\n');
    expect(etc["environment.d/60-firn.conf"]?.text).toBe('EDITOR="vim"\nN="3"\n');
    expect(evaluateEnvironment({}).config.environment.etc).toEqual({});
  });

  test.each<[what: string, path: readonly string[], declared: object]>([
    ["a name that sh does not take", ["variables", "A-B"], { variables: { "A-B": "1" } }],
    ["a name that the shell keeps for itself", ["variables", "UID"], { variables: { UID: 0 } }],
    ["a value of two lines", ["variables", "A"], { variables: { A: "1\n2" } }],
    ["a null character", ["variables", "A"], { variables: { A: "\0" } }],
    ["a control character, which systemd ignores with its line", ["variables", "A"], { variables: { A: "\u0001" } }],
    ["a list", ["variables", "A"], { variables: { A: ["1"] } }],
    ["an alias with a space", ["shellAliases", "a b"], { shellAliases: { "a b": "ls" } }],
    ["an alias like an option", ["shellAliases", "-x"], { shellAliases: { "-x": "ls" } }],
    ["an alias in place of the language", ["shellAliases", "if"], { shellAliases: { if: "ls" } }],
    ["an alias of two lines", ["shellAliases", "a"], { shellAliases: { a: "ls\nls" } }],
  ])("refuses %s at its own line", (_, path, declared) => {
    const { diagnostics } = evaluateEnvironment({ ...declared, shellInit: "umask 027" });
    expect(diagnostics).toMatchObject([{ code: "type-mismatch", optionPath: ["environment", ...path] }]);
  });

  test("refuses variables that stand for each other", () => {
    const { diagnostics } = evaluateEnvironment({ variables: { A: "$B", B: "${C}", C: "$A", D: "$D" } });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      expect.stringContaining("the variables A and B and C stand for each other"),
    ]);
  });
});

describe("renderShell", () => {
  test.each(["dash", "bash"])("writes values that %s takes as they are", { timeout: 30_000 }, (shell) => {
    assert(
      property(texts, (value) => {
        const text = renderShell({ ...none, variables: { VALUE: value } });
        expect(run(`${text}printf %s "$VALUE"`, { shell })).toBe(meant(value));
      }),
      { numRuns: 40 },
    );
  });

  test("replaces variables by those that are declared with them, in whatever order", () => {
    const variables = { A: "${C}/a", B: "$HOME/bin:$NOT_THERE.", C: "$Z/c", Z: "/z" };
    const text = renderShell({ ...none, variables });
    expect(run(`set -u\n${text}echo "$A $B $C"`)).toBe("/z/c/a /h/bin:. /z/c\n");
  });

  test("adds to a variable once, however often it is read", () => {
    const variables = { PATH: "$HOME/bin:$PATH:/opt/bin", LIST: "a:$LIST" };
    const text = renderShell({ ...none, variables });
    const expected = "/h/bin:/usr/bin:/bin:/opt/bin a:\n";
    expect(run(`${text}echo "$PATH $LIST"`)).toBe(expected);
    expect(run(`${text}${text}echo "$PATH $LIST"`)).toBe(expected);
    expect(run(`${text}sh -c 'echo "$LIST"'`)).toBe("a:\n");
  });

  test.each(["dash", "bash"])("gives aliases to an interactive %s alone", (shell) => {
    const shellAliases = { ll: "printf '%s' \"it's\"", "..": "cd ..", "a!%,@.:+-_b": "true" };
    const text = renderShell({ ...none, shellAliases });
    const lines = `${text}alias | wc -l`;
    expect(run(lines, { shell })).toBe("0\n");
    // An interactive shell complains of a terminal that it does not have.
    const { stdout } = spawnSync(shell, ["-ic", `${text}eval ll`], { encoding: "utf8", env: { HOME: "/nowhere" } });
    expect(stdout).toBe("it's");
  });

  test("runs lines of its own last", () => {
    const text = renderShell({ ...none, variables: { MASK: "027" }, shellInit: 'umask "$MASK"' });
    expect(run(`${text}umask`)).toBe("0027\n");
  });
});

describe("renderEnvironmentD", () => {
  test("writes values that systemd takes as they are", { timeout: 30_000 }, () => {
    assert(
      property(texts, (value) => {
        const read = readBySystemd(renderEnvironmentD({ ...none, variables: { VALUE: value } }));
        // What is empty is none to systemd.
        expect(read.get("VALUE") ?? "").toBe(meant(value));
      }),
      { numRuns: 40 },
    );
  });

  test("gives services the values that shells get", () => {
    const variables = { A: "${C}/a", B: "$HOME/bin:$NOT_THERE.", C: "$Z/c", Z: "/z", LIST: "$B:$LIST" };
    const read = readBySystemd(renderEnvironmentD({ ...none, variables }));
    const names = Object.keys(variables);
    const shell = run(`${renderShell({ ...none, variables })}echo ${names.map((name) => `"$${name}"`).join(" ")}`);
    expect(`${names.map((name) => read.get(name)).join(" ")}\n`).toBe(shell);
  });
});
