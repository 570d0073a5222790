import type { LockedSource, OwnCandidate, ResolveRequest } from "@firn/package-manager";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { show, TemporaryApt, valueOf } from "../test/temporary-apt.ts";

let temporary: TemporaryApt;
let debian: LockedSource;
beforeEach(async () => {
  temporary = new TemporaryApt();
  debian = await temporary.lockPackages("debian", [
    { name: "editor", version: "2:9.0", depends: "library (>= 1), colors" },
    { name: "library", version: "1.5" },
    { name: "colors", version: "3", conflicts: "grey" },
    { name: "pager", version: "1", depends: "reader" },
    { name: "reader", version: "1" },
  ]);
});
afterEach(() => temporary.remove());

const sha256 = "0123456789abcdef".repeat(4);

function describeOwn(name: string, more: Partial<OwnCandidate> = {}): OwnCandidate {
  const nothing = { summary: "", depends: [], provides: [], conflicts: [], replaces: [] };
  return { name, version: "1+firn.01234567", architecture: "all", sha256, ...nothing, ...more };
}

function ask(names: string, own: readonly OwnCandidate[], more: Partial<ResolveRequest> = {}): Promise<string[]> {
  const asked = names.split(" ").map((name) => ({ name }));
  return temporary.resolve({ sources: [debian], asked, own, ...more }).then(show);
}

describe("resolve: packages that the flake makes itself", () => {
  test("are taken when they are asked for, with what they need of others", async () => {
    const own = [describeOwn("tool", { depends: ["library (>= 1.2)", "other | pager"] }), describeOwn("other")];
    expect(await ask("tool", own)).toEqual([
      "library 1.5 debian < tool",
      "other 1+firn.01234567 own < tool",
      "tool 1+firn.01234567 own",
    ]);
  });

  test("are pinned by what they are made from, without a file", async () => {
    const own = [describeOwn("tool", { version: "1:1.0~rc1+firn.01234567", architecture: "amd64" })];
    expect(valueOf(await temporary.resolve({ sources: [debian], asked: [{ name: "tool" }], own }))).toEqual([
      {
        name: "tool",
        version: "1:1.0~rc1+firn.01234567",
        architecture: "amd64",
        source: "own",
        sha256,
        size: 0,
        path: "",
      },
    ]);
  });

  test("replace one of their name that others need, be theirs newer, and bring what they need themselves", async () => {
    const own = [describeOwn("library", { depends: ["reader"] })];
    expect(await ask("editor", own)).toEqual([
      "colors 3 debian < editor",
      "editor 2:9.0 debian",
      "library 1+firn.01234567 own < editor",
      "reader 1 debian < library",
    ]);
    expect(await ask("editor library", own)).toContain("library 1+firn.01234567 own");
    expect(await ask("pager", own)).toEqual(["pager 1 debian", "reader 1 debian < pager"]);
  });

  test("fulfil what others need by a name that they provide", async () => {
    const own = [
      describeOwn("slim", { provides: ["theme (= 2)"] }),
      describeOwn("tool", { depends: ["theme (>= 1)"] }),
    ];
    expect(await ask("tool", own)).toEqual(["slim 1+firn.01234567 own < tool", "tool 1+firn.01234567 own"]);
  });

  test("give way where a request names a source or a version, or chooses it", async () => {
    const own = [describeOwn("library")];
    const asked = [{ name: "editor" }, { name: "library", source: "debian" }];
    expect(show(await temporary.resolve({ sources: [debian], asked, own }))).toContain("library 1.5 debian");
    const exact = [{ name: "library", version: "1.5" }];
    expect(show(await temporary.resolve({ sources: [debian], asked: exact, own }))).toEqual(["library 1.5 debian"]);
    expect(await ask("editor", own, { chosen: exact })).toContain("library 1.5 debian < editor");
    const named = [{ name: "library", source: "own" }];
    expect(show(await temporary.resolve({ sources: [debian], asked: named, own }))).toEqual([
      "library 1+firn.01234567 own",
    ]);
  });

  test("need no source at all", async () => {
    expect(await ask("tool", [describeOwn("tool")], { sources: [] })).toEqual(["tool 1+firn.01234567 own"]);
  });

  test("are not there for other architectures", async () => {
    const own = [describeOwn("tool", { architecture: "arm64" })];
    expect(await ask("tool", own)).toContain('unknown-package: Cannot find the package "tool"');
    expect(await ask("tool", own, { architecture: "arm64" })).toEqual(["tool 1+firn.01234567 own"]);
  });

  test("are told by name when what they need is not there, or cannot be with others", async () => {
    const own = [describeOwn("tool", { depends: ["library (>= 2)", "nothing"] }), describeOwn("grey")];
    const fix = "Leave one of those packages out, take it from another source, or exclude less";
    expect(await ask("tool", own)).toEqual([
      'no-solution: Cannot find packages that fulfil all that is asked for: "tool"',
      '"tool" needs "library" (>= 2)',
      '"tool" needs "nothing", which no source has',
      fix,
    ]);
    expect((await ask("editor grey", own)).join("\n")).toMatch(/^no-solution: .*"(?:editor|grey)"/);
    expect(await ask("editor", [describeOwn("library", { version: "0.1+firn.01234567" })])).toEqual([
      'no-solution: Cannot find packages that fulfil all that is asked for: "editor"',
      '"editor" needs "library" (>= 1), and 0.1+firn.01234567 would be taken',
      fix,
    ]);
  });

  test("are not taken when they are excluded", async () => {
    expect(await ask("tool", [describeOwn("tool")], { excluded: ["tool"] })).toEqual([
      'no-solution: Cannot take the package "tool": it is asked for, and excluded',
      "Remove one of the two",
    ]);
    const own = [describeOwn("library")];
    expect((await ask("editor", own, { excluded: ["library"] }))[1]).toBe(
      '"editor" needs "library" (>= 1), which is excluded',
    );
  });

  test("cannot say more to apt than what they are", async () => {
    const summary = "a\n\nPackage: reader\nVersion: 9\nArchitecture: all\nFilename: ./x\nSHA256: 0";
    expect(await ask("tool reader", [describeOwn("tool", { summary })])).toEqual([
      "reader 1 debian",
      "tool 1+firn.01234567 own",
    ]);
  });

  test("are described before others of their name", async () => {
    const own = [describeOwn("library", { summary: "One that is better" })];
    const request = { sources: [debian], architecture: "amd64", asked: [{ name: "library" }], excluded: [], own };
    const facts = valueOf(await temporary.open().describe(request)).get("library");
    expect(facts).toMatchObject({
      summary: "One that is better",
      isSecurity: false,
      pin: { source: "own", size: 0, path: "" },
    });
  });
});
