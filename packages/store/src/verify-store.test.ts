import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashOf, TemporaryStore } from "../test/temporary-store.ts";

let temporary: TemporaryStore;
let before: readonly string[] = [];
beforeEach(() => {
  temporary = new TemporaryStore();
  temporary.build("a", { "files/etc/x": "XXX", "files/bin/y": "+ YYY", "homes/ada/z": "- ZZZ" });
  temporary.build("b", { "files/etc/x": "XXX" });
  before = temporary.list();
});
afterEach(() => temporary.remove());

const all = ["XXX", "YYY", "ZZZ"];
const x = `object ${hashOf("XXX").slice(0, 6)}`;
const y = `object ${hashOf("YYY").slice(0, 6)}-x`;
const z = `object ${hashOf("ZZZ").slice(0, 6)}`;

/** How many names a file has changes when it is no longer shared. */
const withoutNames = (line: string): string => line.replace(/ \d+ 1000 /, " ");

/** Names of what is damaged, what was done, and what is found. */
const damages: readonly [string, (at: (...below: string[]) => string) => void, readonly string[]][] = [
  [
    "a content with a bit flipped",
    () => writeFileSync(temporary.object("XXX"), "XYX"),
    [
      `${x}: its content is another`,
      "generations/a/files/etc/x: its content is another",
      "generations/b/files/etc/x: its content is another",
    ],
  ],
  [
    "a content that is cut short",
    () => truncateSync(temporary.object("YYY", "-x"), 1),
    [`${y}: its content is another`, "generations/a/files/bin/y: its content is another"],
  ],
  [
    "a private content that is empty",
    () => truncateSync(temporary.object("ZZZ")),
    [`${z}: its content is another`, "generations/a/homes/ada/z: its content is another"],
  ],
  [
    "a folder where a content is to be",
    () => {
      rmSync(temporary.object("YYY", "-x"));
      mkdirSync(temporary.object("YYY", "-x"));
    },
    [`${y}: its content is another`],
  ],
  [
    "a content that everyone may write",
    () => chmodSync(temporary.object("XXX"), 0o666),
    [
      `${x}: its mode is another`,
      "generations/a/files/etc/x: its mode is another",
      "generations/b/files/etc/x: its mode is another",
    ],
  ],
  [
    "a program that cannot be run",
    () => chmodSync(temporary.object("YYY", "-x"), 0o444),
    [`${y}: its mode is another`, "generations/a/files/bin/y: its mode is another"],
  ],
  [
    "a file of a generation that is missing",
    (at) => rmSync(at("generations/a/files/etc/x")),
    ["generations/a/files/etc/x: it is missing"],
  ],
  [
    "a folder of a generation that is missing",
    (at) => rmSync(at("generations/a/files"), { recursive: true }),
    ["generations/a/files/etc/x: it is missing", "generations/a/files/bin/y: it is missing"],
  ],
  [
    "a file of a generation that is another",
    (at) => {
      rmSync(at("generations/b/files/etc/x"));
      writeFileSync(at("generations/b/files/etc/x"), "mine");
    },
    ["generations/b/files/etc/x: its content is another"],
  ],
  [
    "a link where a file of a generation is to be",
    (at) => {
      rmSync(at("generations/b/files/etc/x"));
      symlinkSync("../../../a/files/etc/x", at("generations/b/files/etc/x"));
    },
    ["generations/b/files/etc/x: its content is another"],
  ],
  [
    "a folder where a file of a generation is to be",
    (at) => {
      rmSync(at("generations/b/files/etc/x"));
      mkdirSync(at("generations/b/files/etc/x"));
    },
    ["generations/b/files/etc/x: its content is another"],
  ],
  [
    "a file too many in a generation",
    (at) => linkSync(temporary.object("XXX"), at("generations/a/files/more")),
    ["generations/a/files/more: it does not belong there"],
  ],
];

describe("verify", () => {
  test("finds nothing in a store that is whole", () => {
    expect(temporary.verify()).toEqual([]);
    expect(temporary.verify(all)).toEqual([]);
    expect(temporary.list()).toEqual(before);
  });

  test.each(damages)("finds %s, and changes nothing", (_, damage, found) => {
    damage((...below) => temporary.at(...below));
    const damaged = temporary.list();
    expect(temporary.verify()).toEqual(found);
    expect(temporary.list()).toEqual(damaged);
  });

  test.each(damages)("repairs %s", (_, damage) => {
    damage((...below) => temporary.at(...below));
    const repaired = temporary.verify(all);
    expect(repaired.length).toBeGreaterThan(0);
    expect(repaired.filter((line) => !line.endsWith(", repaired"))).toEqual([]);
    expect(temporary.verify()).toEqual([]);
    expect(temporary.list().map(withoutNames)).toEqual(before.map(withoutNames));
  });

  test("names what it cannot repair, and has nothing be built with it", () => {
    writeFileSync(temporary.object("XXX"), "XYX");
    expect(temporary.verify(["YYY", "ZZZ"])).toEqual([
      `${x}: its content is another`,
      "generations/a/files/etc/x: its content is another",
      "generations/b/files/etc/x: its content is another",
    ]);
    temporary.build("c", { x: "XXX" });
    expect(readFileSync(temporary.at("generations/c/x"), "utf8")).toBe("XXX");
    // What was built since is a good copy.
    expect(temporary.verify([])).toEqual([
      "generations/a/files/etc/x: its content is another, repaired",
      "generations/b/files/etc/x: its content is another, repaired",
    ]);
    expect(temporary.verify()).toEqual([]);
  });

  test.each([
    ["is another", (file: string) => writeFileSync(file, "b")],
    ["is missing", (file: string) => rmSync(file)],
    [
      "is a folder",
      (file: string) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ])("names a manifest that %s, which nothing can repair", (_, damage) => {
    damage(temporary.at("generations/a/manifest.json"));
    expect(temporary.verify(all)).toEqual(["generations/a/manifest.json: it is damaged"]);
  });

  test("takes what is not ready for no damage", () => {
    mkdirSync(temporary.at("generations/.new-1-1"));
    writeFileSync(`${temporary.object("XXX").slice(0, -64)}.new-1-2`, "");
    expect(temporary.verify()).toEqual([]);
  });

  test("mends links, and names what they lead to where it is gone", () => {
    mkdirSync(temporary.at("trees/t"), { recursive: true });
    const link = { path: "trees/t", leadsTo: "trees/t" };
    temporary.store.build(temporary.generation("linked", { x: "X" }, [link]));
    const file = temporary.at("generations/linked/trees/t");
    expect(realpathSync(file)).toBe(realpathSync(temporary.at("trees/t")));
    expect(temporary.verify()).toEqual([]);
    rmSync(file);
    expect(temporary.verify()).toEqual(["generations/linked/trees/t: it leads elsewhere"]);
    expect(temporary.verify([])).toEqual(["generations/linked/trees/t: it leads elsewhere, repaired"]);
    expect(temporary.verify()).toEqual([]);
    rmSync(temporary.at("trees/t"), { recursive: true });
    expect(temporary.verify([])).toEqual(["trees/t: it is missing"]);
  });
});
