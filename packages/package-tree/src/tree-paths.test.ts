import { describe, expect, test } from "vitest";
import { linkedPath, relativePath, treePath } from "./tree-paths.ts";

describe("treePath", () => {
  test.each([
    ["usr/bin/a", "usr/bin/a"],
    ["bin/a", "usr/bin/a"],
    ["sbin", "usr/sbin"],
    ["lib64/ld.so", "usr/lib64/ld.so"],
    ["library/a", undefined],
    ["etc/a", "usr/lib/firn/etc/a"],
    ["var/lib/a", undefined],
    ["opt/a", undefined],
  ])("finds %s at %s", (path, place) => {
    expect(treePath(path)).toBe(place);
  });
});

describe("linkedPath", () => {
  test.each([
    ["usr/bin/a", "b", "usr/bin/b"],
    ["usr/bin/a", "../lib/./b", "usr/lib/b"],
    ["bin/a", "../../../b", "b"],
    ["usr/a", "/lib//b", "lib/b"],
  ])("finds where %s -> %s leads", (path, target, linked) => {
    expect(linkedPath(path, target)).toBe(linked);
  });
});

describe("relativePath", () => {
  test.each([
    ["usr/bin/a", "usr/bin/b", "b"],
    ["usr/bin/a", "usr/lib/b", "../lib/b"],
    ["usr/a", "usr/lib/b", "lib/b"],
    ["usr/lib/x/a", "usr/lib", ".."],
    ["usr/lib/a", "usr/lib", "."],
  ])("renders the way from %s to %s", (link, path, way) => {
    expect(relativePath(link, path)).toBe(way);
  });
});
