import { defineModule, evaluate, mkDefault, mkForce, mkIf, mkOverride, option, types } from "firn";
import { parseExplanations, showExplanations, type ShownExplanation } from "@firn/sandbox";
import { expect, test } from "vitest";
import { explanationData, type ExplanationRendering, renderExplanation } from "./render-explanation.ts";
import { painter } from "./terminal.ts";

const base = defineModule({
  name: "base",
  options: {
    enable: option({ type: types.bool, default: false }),
    name: option({ type: types.str, default: "web" }),
    fqdn: option({ type: types.str, description: "Full name" }),
    port: option({ type: types.port, default: 80 }),
    lost: option({ type: types.int }),
    log: { level: option({ type: types.str, default: "info" }), size: option({ type: types.int }) },
  },
  config({ config }, define) {
    define({ fqdn: `${config.name}.example.org` });
  },
});
const host = defineModule({
  name: "host",
  imports: [base],
  config({ config }, define) {
    define({ name: mkDefault(config.enable ? "on" : "off") });
    define({ port: mkForce(8080) });
    define({ port: mkOverride(60, 81), log: { level: "debug" } });
    define({ port: mkIf(config.enable, 443) });
  },
});
const evaluation = evaluate({ modules: [host], name: "web" });

/** Shows each place by the module or function that it names, since lines of this file would move. */
function rendering(settings: Partial<ExplanationRendering> = {}): ExplanationRendering {
  return { explanations: [], render: {}, depth: 3, paint: painter(false), ...settings };
}

/** Explains a path the way it comes from the process that evaluates: as JSON. */
function explanationsOf(path: readonly string[], depth: number): readonly ShownExplanation[] {
  return parseExplanations(JSON.parse(JSON.stringify(showExplanations(evaluation, path, depth))));
}

function explain(path: string, settings: Partial<ExplanationRendering> = {}): string[] {
  const explanations = explanationsOf(path === "" ? [] : path.split("."), settings.depth ?? 3);
  const [explanation] = explanations;
  if (explanation === undefined) throw new Error(`there is no ${path}`);
  return renderExplanation(explanation, rendering({ explanations, ...settings })).split("\n");
}

test.each([
  [
    "who won, who lost to what, and whose condition is false",
    "port",
    [
      "port = 8080",
      '  declared here, type "port number, an integer between 0 and 65535 (both inclusive)"  base',
      "",
      "  ✔ 8080  mkForce (50)  host",
      "      after reading enable = false",
      "        ✔ false  default (1500)  base",
      "  ✘ 81  priority 60  host  loses: 60 is weaker than 50",
      "  ✘ 80  default (1500)  base  loses: 1500 is weaker than 50",
      "  – 443  plain (100)  host  its condition is false",
    ],
  ],
  [
    "what was read for it, down to what somebody wrote",
    "fqdn",
    [
      'fqdn = "off.example.org"',
      '  declared here, type "string"  base',
      "  Full name",
      "",
      '  ✔ "off.example.org"  plain (100)  base',
      '      after reading name = "off"',
      '        ✔ "off"  mkDefault (1000)  host',
      "          after reading enable = false",
      "            ✔ false  default (1500)  base",
    ],
  ],
  [
    "that nobody defines it",
    "lost",
    ["lost = (no value)", '  declared here, type "signed integer"  base', "", "  Nobody defines it"],
  ],
  ["a set by what is in it", "log", ['log = { level: "debug" }', "", '  log.level = "debug"  host']],
])("renderExplanation shows %s", (_, path, lines) => expect(explain(path)).toEqual(lines));

test("renderExplanation shows the whole configuration under a name of its own", () => {
  expect(explain("")[0]).toMatch(/^\(the whole configuration\) = \{ enable: false, /);
});

test.each([
  [0, []],
  [1, ["name"]],
  [2, ["name", "enable"]],
])("renderExplanation follows reads %i levels deep", (depth, names) => {
  const read = explain("fqdn", { depth }).flatMap((line) => /after reading (\w+)/.exec(line)?.[1] ?? []);
  expect(read).toEqual(names);
});

test("renderExplanation shows where, relative to where the command was called", () => {
  const located = { file: "/flake/a.ts", line: 3, column: 7, exact: true };
  const render = { sources: { locate: () => located }, showFile: (file: string) => file.replace("/flake/", "") };
  expect(explain("port", { render })).toContain("  ✘ 81  priority 60  a.ts:3:7  loses: 60 is weaker than 50");
});

test("renderExplanation colors only when asked", () => {
  expect(explain("port").join()).not.toContain("\u001b");
  expect(explain("port", { paint: painter(true) })[0]).toBe("\u001b[1mport\u001b[0m = 8080");
});

test("explanationData says the same as data, which survives JSON", () => {
  const [explanation] = explanationsOf(["port"], 0);
  const data = explanation && explanationData(explanation, rendering());
  expect(JSON.parse(JSON.stringify(data))).toMatchObject({
    path: ["port"],
    value: 8080,
    declarations: [{ file: "base" }],
    definitions: [
      { value: 8080, priority: 50, module: "host", fate: "used", reads: [{ path: ["enable"], value: false }] },
      { value: 81, priority: 60, fate: "overridden" },
      { value: 80, priority: 1500, module: "base", fate: "overridden", reads: [] },
      { value: 443, fate: "condition" },
    ],
  });
});
