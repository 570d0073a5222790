import { describe, expect, test } from "vitest";
import { renderUnitSettings } from "@firn/package-shell";

const plain = "Environment=LC_ALL=C.UTF-8";

describe("renderUnitSettings", () => {
  test("mounts the usr of the tree, and uses no language that the tree does not know", () => {
    expect(renderUnitSettings("/t")).toEqual(["BindReadOnlyPaths=/t/usr:/usr", plain]);
    expect(renderUnitSettings("/t", [{ name: "locales" }])).toEqual(["BindReadOnlyPaths=/t/usr:/usr", plain]);
    expect(renderUnitSettings("/t", [{ name: "locales-all" }])).toEqual(["BindReadOnlyPaths=/t/usr:/usr"]);
  });

  test.each([
    ["/a b", '"/a b/usr":/usr'],
    ["/a:b%c", "/a\\:b%%c/usr:/usr"],
    ["/it's", '"/it\'s/usr":/usr'],
  ])("the tree may be at %s", (tree, value) => {
    expect(renderUnitSettings(tree, [{ name: "locales-all" }])).toEqual([`BindReadOnlyPaths=${value}`]);
  });
});
