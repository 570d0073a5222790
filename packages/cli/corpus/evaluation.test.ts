import { openSources } from "@firn/loader";
import { describe, expect, test } from "vitest";
import { listConfigurations, runConfiguration } from "./broken-configuration.ts";
import { expectGolden } from "./golden.ts";
import { findWordingFaults } from "./wording.ts";

const configurations = listConfigurations();
const sources = await openSources();

test("the corpus is large enough to learn from", () => expect(configurations.length).toBeGreaterThan(250));

describe.each(configurations)("$name", (configuration) => {
  const { blamed, golden, name } = configuration;

  test("gives the text beside it", async () => {
    const { diagnostics, text } = await runConfiguration(configuration, sources);
    expectGolden(text, golden);
    expect(diagnostics.flatMap(findWordingFaults)).toEqual([]);
    expect(text.split("\n").filter((line) => line.length > 200)).toEqual([]);
  });

  test("blames the line that is wrong, on the first screen, or none", async () => {
    const { diagnostics, text } = await runConfiguration(configuration, sources);
    const { code, marks = [] } = diagnostics[0] ?? {};
    const lines = marks.map(({ place }) => sources.locate(place)?.line);
    // A cycle has no beginning: any of its links may come first.
    expect(code === "cycle" ? lines : [lines[0]]).toContain(blamed);
    const screen = text.split("\n").slice(0, 20).join("\n");
    expect(screen).toContain(blamed === undefined ? "no problems" : `${name}.ts:${blamed}:`);
  });
});
