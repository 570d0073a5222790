import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listPrograms } from "@firn/package-tree";
import { TemporaryTrees, type TinyPackage } from "../test-kit/temporary-trees.ts";

let temporary: TemporaryTrees;
beforeEach(() => void (temporary = new TemporaryTrees()));
afterEach(() => temporary.remove());

describe("listPrograms", () => {
  test("lists what can be run, with where it leads and whose it is", async () => {
    const tree = await temporary.build(
      { name: "a", files: { "usr/bin/a": "a", "usr/bin/b": "-> a", "usr/bin/gone": "-> nowhere" } },
      { name: "c", files: { "sbin/c": "c", "usr/bin/notes": "text" }, modes: { "usr/bin/notes": 0o644 } },
    );
    expect(listPrograms(tree)).toEqual([
      { name: "a", path: "/usr/bin/a", leadsTo: "/usr/bin/a", package: "a" },
      { name: "b", path: "/usr/bin/b", leadsTo: "/usr/bin/a", package: "a" },
      { name: "c", path: "/usr/sbin/c", leadsTo: "/usr/sbin/c", package: "c" },
    ]);
  });
});

describe("listPrograms: what those who ask for a package mean", () => {
  const program = (name: string): Record<string, string> => ({ [`usr/bin/${name}`]: name });
  const asked = async (name: string, ...packages: readonly TinyPackage[]): Promise<string> => {
    const tree = await temporary.build(...packages);
    return listPrograms(tree, [name])
      .map((each) => each.name)
      .join(" ");
  };
  const base = { name: "base", files: program("base") };
  const library = {
    name: "lib",
    fields: { Section: "non-free/libs", Depends: "base" },
    files: program("ld.so"),
  };

  test("its own programs, and no others that it needs", async () => {
    const fields = { Depends: "base (>= 1), lib" };
    expect(await asked("a", base, library, { name: "a", fields, files: program("a") })).toBe("a");
  });

  test("those of its parts, whose source is the same", async () => {
    const fields = { "Pre-Depends": "a-minimal:any (= 1)", Depends: "base" };
    const part = { name: "a-minimal", fields: { Source: "a (3)" }, files: program("a") };
    expect(await asked("a", base, part, { name: "a", fields, files: program("a-doc") })).toBe("a a-doc");
  });

  test("those of what it needs where it has none, unless that is a library", async () => {
    const fields = { Depends: "none | first | second,\n lib, virtual" };
    const first = { name: "first", fields: { Depends: "base, a" }, files: program("first") };
    const provider = { name: "p", fields: { Provides: "virtual (= 1), other", Depends: "base" }, files: program("v") };
    expect(await asked("a", base, library, first, provider, { name: "a", fields })).toBe("first v");
    const part = { name: "a-common", fields: { Source: "a" }, files: program("part") };
    const both = { name: "a", fields: { Depends: "a-common, first" } };
    expect(await asked("a", base, part, first, both)).toBe("first part");
  });

  test("none of a library", async () => {
    expect(await asked("lib", base, { ...library, files: {} })).toBe("");
  });
});
