import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { layOutInputs } from "@firn/input-tree";
import { createMemoryExporter } from "@firn/input-tree/testing";
import { createFlake, listInputs, lockOf, moduleTree, pin } from "../test/temporary-flake.ts";

const exporter = createMemoryExporter({
  core: moduleTree("@acme/core"),
  nginx: moduleTree("@acme/nginx"),
  log: moduleTree("@acme/log"),
  log2: moduleTree("@acme/log"),
});

async function layOut(inputs: Parameters<typeof lockOf>[0]): Promise<{ root: string; folders: string[] }> {
  const root = createFlake();
  const { folders, diagnostics } = await layOutInputs({ root, lock: lockOf(inputs), exporter });
  expect(diagnostics).toEqual([]);
  return {
    root,
    folders: [...folders].map(([path, folder]) => `${path} ${folder.replace(`${root}/.firn/inputs/`, "")}`),
  };
}

describe("layOutInputs, shared folders", () => {
  test("are one for inputs with the same files and inputs, named by the shortest path, then the first", async () => {
    const { root, folders } = await layOut({
      core: pin("core"),
      "core/log": pin("log"),
      "core/log/core": { follows: "core" },
      nginx: pin("nginx"),
      "nginx/core": pin("core"),
      "nginx/core/log": pin("log"),
      "nginx/core/log/core": { follows: "nginx/core" },
      "nginx/log": { follows: "nginx/core/log" },
    });
    expect(listInputs(root)).toEqual([".laid-out", "core+log@1.0.0", "core@1.0.0", "nginx@1.0.0"]);
    expect(folders).toEqual([
      "core core@1.0.0",
      "core/log core+log@1.0.0",
      "core/log/core core@1.0.0",
      "nginx nginx@1.0.0",
      "nginx/core core@1.0.0",
      "nginx/core/log core+log@1.0.0",
      "nginx/core/log/core core@1.0.0",
      "nginx/log core+log@1.0.0",
    ]);
  });

  test("are two for inputs with the same files whose inputs differ, however deep", async () => {
    const { folders } = await layOut({
      core: pin("core"),
      "core/log": pin("log"),
      nginx: pin("nginx"),
      "nginx/core": pin("core"),
      "nginx/core/log": pin("log2"),
    });
    expect(folders).toEqual([
      "core core@1.0.0",
      "core/log core+log@1.0.0",
      "nginx nginx@1.0.0",
      "nginx/core nginx+core@1.0.0",
      "nginx/core/log nginx+core+log@1.0.0",
    ]);
  });

  test("follow through inputs that follow, and to the flake itself", async () => {
    const { root, folders } = await layOut({
      core: pin("core"),
      "core/log": pin("log"),
      nginx: pin("nginx"),
      "nginx/core": { follows: "core" },
      "nginx/log": { follows: "nginx/core/log" },
      "nginx/up": { follows: "" },
    });
    expect(folders.slice(3)).toEqual(["nginx/core core@1.0.0", "nginx/log core+log@1.0.0", `nginx/up ${root}`]);
  });

  test("never leave the folder of inputs, whatever a lock says", async () => {
    const { root, folders } = await layOut({ core: pin("core", { version: "1.0.0/../../../evil" }) });
    expect(folders).toEqual(["core core@core"]);
    expect(listInputs(root)).toEqual([".laid-out", "core@core"]);
  });
});

describe("layOutInputs, inputs that are folders", () => {
  test("are used where they stand in the flake", async () => {
    const files = Object.entries(moduleTree("@acme/tool")).map(
      ([path, text]) => [`vendor/tool/${path}`, text] as const,
    );
    const root = createFlake(Object.fromEntries(files));
    const lock = lockOf({ tool: { want: { path: "./vendor/tool" } }, "tool/log": pin("log") });
    const { folders } = await layOutInputs({ root, lock, exporter });
    expect(folders.get("tool")).toBe(join(root, "vendor/tool"));
    expect(listInputs(root)).toEqual([".laid-out", "tool+log@1.0.0"]);
  });

  test("stand in the tree of the input that asks for them, or are exported from beside it", async () => {
    const root = createFlake();
    const trees = createMemoryExporter({
      mono: {
        "flakes/a/part/package.json": '{"name":"part"}',
        "flakes/a/flake.yaml": "{}",
        "lib/b/package.json": '{"name":"b"}',
      },
    });
    const want = { git: "https://git.example/mono", dir: "flakes/a" } as const;
    const lock = lockOf({
      mono: pin("mono", { want }),
      "mono/part": { want: { path: "./part" } },
      "mono/lib": { want: { path: "../../lib/b" } },
      "mono/lib/part": { want: { path: "../part" }, overriddenBy: "mono/part" },
    });
    const { folders, diagnostics } = await layOutInputs({ root, lock, exporter: trees });
    expect(diagnostics).toEqual([]);
    expect([...folders].map(([path, folder]) => `${path} ${folder.replace(`${root}/.firn/inputs/`, "")}`)).toEqual([
      "mono mono@1.0.0",
      "mono/part mono@1.0.0/part",
      "mono/lib mono+lib@1.0.0",
      "mono/lib/part mono@1.0.0/part",
    ]);
    expect(trees.requests.map(({ dir, integrity }) => [dir, integrity])).toEqual([
      ["flakes/a", "sha256-mono"],
      ["lib/b", undefined],
    ]);
  });

  test.each([
    ["leaves the repository of its input", { core: pin("core"), "core/up": { want: { path: "../up" } } }, "core/up"],
    ["does not exist", { gone: { want: { path: "./gone" } } }, "gone"],
    [
      "does not exist in the tree of its input",
      { core: pin("core"), "core/gone": { want: { path: "./gone" } } },
      "core/gone",
    ],
  ])("are bad-input-tree for one that %s", async (_, inputs, path) => {
    const { diagnostics } = await layOutInputs({ root: createFlake(), lock: lockOf(inputs), exporter });
    expect(diagnostics.map(({ code, message }) => [code, message.split('"')[1]])).toEqual([["bad-input-tree", path]]);
  });
});
