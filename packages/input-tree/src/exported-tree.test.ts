import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { layOutInputs } from "@firn/input-tree";
import { createMemoryExporter, type MemoryTree } from "@firn/input-tree/testing";
import { createFlake, listInputs, lockOf, pin } from "../test/temporary-flake.ts";

async function layOut(tree: MemoryTree): Promise<{ root: string; problems: string[] }> {
  const root = createFlake();
  const exporter = createMemoryExporter({ core: tree });
  const { diagnostics } = await layOutInputs({ root, lock: lockOf({ core: pin("core") }), exporter });
  return { root, problems: diagnostics.map(({ code, message, why }) => `${code}; ${message}; ${why?.[0] ?? ""}`) };
}

test.each([
  ["is absolute", { link: { link: "/etc/passwd" } }, "link", "/etc/passwd"],
  ["leads above the input", { "a/link": { link: "../../up" } }, "a/link", "../../up"],
  ["leads to another input", { link: { link: "../log@1.0.0" } }, "link", "../log@1.0.0"],
  [
    "leads through a package to come",
    { m: { link: "node_modules/@b/root/../../x" } },
    "m",
    "node_modules/@b/root/../../x",
  ],
  ["leads out through another link", { "x/l": { link: ".." }, m: { link: "x/l/.." } }, "m", "x/l/.."],
])("layOutInputs refuses an input whose link %s", async (_, tree: MemoryTree, link, target) => {
  const { root, problems } = await layOut(tree);
  expect(problems).toEqual([
    `bad-input-tree; Cannot lay out the input "core": its link "${link}" leads out of it; The link leads to "${target}"`,
  ]);
  expect(listInputs(root)).toEqual([]);
});

test("layOutInputs keeps links within an input", async () => {
  const { root, problems } = await layOut({
    "a/file": "text",
    "b/link": { link: "../a/file" },
    gone: { link: "nothing" },
  });
  expect(problems).toEqual([]);
  expect(existsSync(join(root, ".firn/inputs/core@1.0.0/b/link"))).toBe(true);
});
