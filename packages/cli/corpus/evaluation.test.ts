import { openSources } from "@firn/loader";
import { describe, expect, test } from "vitest";
import { listConfigurations, runConfiguration } from "./broken-configuration.ts";
import { expectGolden } from "./golden.ts";
import { findWordingFaults } from "./wording.ts";

const configurations = listConfigurations();
const sources = await openSources();

test("the corpus is large enough to learn from", () => expect(configurations.length).toBeGreaterThan(80));

describe.each(configurations)("$name", (configuration) => {
  const { blamed, golden } = configuration;

  test("gives the text beside it", async () => {
    const { diagnostics, text } = await runConfiguration(configuration, sources);
    expectGolden(text, golden);
    expect(diagnostics.flatMap(findWordingFaults)).toEqual([]);
    expect(text.split("\n").filter((line) => line.length > 200)).toEqual([]);
  });

  test(blamed === undefined ? "simply works" : "blames the line, on the first screen", async () => {
    const { diagnostics, text } = await runConfiguration(configuration, sources);
    const [mark] = diagnostics[0]?.marks ?? [];
    expect(mark && sources.locate(mark.place)?.line).toBe(blamed);
    if (blamed === undefined) return;
    const screen = text.split("\n").slice(0, 20).join("\n");
    expect(screen).toContain(`${configuration.name}.ts:${blamed}:`);
  });
});
