import { mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { findFlake } from "@firn/loader";
import { describe, expect, test } from "vitest";
import { createFolder, writeAll } from "../test/temporary-flake.ts";

describe("findFlake", () => {
  test("finds the nearest folder upwards with both files, without symbolic links", () => {
    const folder = createFolder();
    const both = { "flake.yaml": "", "pnpm-workspace.yaml": "" };
    writeAll(folder, both);
    writeAll(join(folder, "inner"), both);
    writeAll(join(folder, "inner/half"), { "flake.yaml": "" });
    mkdirSync(join(folder, "inner/half/deep"));
    symlinkSync(join(folder, "inner"), join(folder, "link"));
    for (const from of ["inner", "inner/half/deep", "link/half"]) {
      expect(findFlake(join(folder, from))).toEqual({ flake: { root: join(folder, "inner") }, diagnostics: [] });
    }
    expect(findFlake(folder).flake?.root).toBe(realpathSync(folder));
  });

  test("says where it looked, and what a folder lacks that has one of the files", () => {
    const folder = createFolder();
    writeAll(folder, { "pnpm-workspace.yaml": "", "src/index.ts": "" });
    const { flake, diagnostics } = findFlake(join(folder, "src"));
    expect(flake).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "no-flake", severity: "error" }]);
    const why = diagnostics[0]?.why?.join("\n");
    expect(why).toContain(`"${folder}" has no flake.yaml`);
    expect(why).toContain(`Looked in "${folder}/src", "${folder}", "`);
  });
});
