import { describe, expect, test } from "vitest";
import { Trial } from "./manager-trial.ts";
import type { PackageWorld } from "./package-world.ts";
import { refusalCases } from "./refusal-cases.ts";
import { resolveCases } from "./resolve-cases.ts";
import { sourceCases } from "./source-cases.ts";

/** Describes what every package manager does from the side of a flake, as tests of the one that is given. */
export function describePackageManager(name: string, makeWorld: () => PackageWorld): void {
  describe.each([{ name }])("$name, as a package manager", () => {
    test.each([...sourceCases, ...resolveCases, ...refusalCases])("$title", { timeout: 60_000 }, async ({ check }) => {
      // Each case has its assertions in `check`.
      const world = makeWorld();
      expect(world.manager.name).not.toBe("");
      await check(new Trial(world), world.versions);
    });
  });
}
