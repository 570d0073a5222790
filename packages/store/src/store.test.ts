import { lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashContent, openStore } from "@firn/store";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashOf, TemporaryStore } from "../test/temporary-store.ts";

let temporary: TemporaryStore;
beforeEach(() => void (temporary = new TemporaryStore()));
afterEach(() => temporary.remove());

test("hashContent gives the sha256 of a text and of its bytes", () => {
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  expect([hashContent(""), hashContent(new Uint8Array())]).toEqual([empty, empty]);
  expect(hashContent("ä")).toBe(hashOf("ä"));
});

describe("build", () => {
  test("makes a folder of read-only files, with the modes that they need", () => {
    expect(
      temporary.build("a", { "files/etc/x": "X", "files/bin/y": "+ Y", "homes/ada/z": "- Z", "files/w": "X" }),
    ).toBe(true);
    const mode = (path: string): string => (lstatSync(temporary.at("generations/a", path)).mode & 0o7777).toString(8);
    expect(["files/etc", "files/etc/x", "files/bin/y", "homes/ada/z", "files/w", "manifest.json"].map(mode)).toEqual([
      "755",
      "444",
      "555",
      "400",
      "444",
      "600",
    ]);
    expect(readFileSync(temporary.at("generations/a/files/bin/y"), "utf8")).toBe("Y");
    expect(temporary.verify()).toEqual([]);
  });

  test("does nothing for what is there, and does not ask for contents", () => {
    temporary.build("a", { x: "X" });
    const before = temporary.list();
    temporary.asked.length = 0;
    expect(temporary.build("a", { x: "X" })).toBe(false);
    expect([temporary.list(), temporary.asked]).toEqual([before, []]);
  });

  test("asks only for contents that the store does not have, each once", () => {
    temporary.build("a", { x: "X", again: "X" });
    temporary.build("b", { x: "X", y: "Y" });
    expect(temporary.asked).toEqual(["X", "Y"]);
    expect(lstatSync(temporary.object("X")).nlink).toBe(4);
  });

  test("makes the same of the same, to the last byte, mode and time", () => {
    const other = new TemporaryStore();
    try {
      for (const each of [temporary, other]) each.build("a", { "files/x": "X", "files/y": "+ Y", "homes/z": "- Z" });
      expect(other.list()).toEqual(temporary.list());
    } finally {
      other.remove();
    }
  });

  test("has a content that is private in one generation and public in another be read by all from then on", () => {
    temporary.build("a", { x: "- X" });
    expect(lstatSync(temporary.object("X")).mode & 0o777).toBe(0o400);
    temporary.build("b", { x: "X" });
    temporary.build("c", { x: "- X" });
    expect(lstatSync(temporary.object("X")).mode & 0o777).toBe(0o444);
    expect(temporary.verify()).toEqual([]);
  });

  test("leaves nothing when a content is not what its hash says", () => {
    const generation = temporary.generation("a", { x: "X", y: "Y" });
    expect(() => temporary.store.build({ ...generation, read: () => "Z" })).toThrow(/is another/);
    expect(temporary.list().filter((line) => !line.startsWith("objects"))).toEqual(["generations 40755"]);
  });

  test("leaves nothing under a name when a content cannot be read, and is done again", () => {
    const generation = temporary.generation("a", { x: "X", y: "Y" });
    const read = (hash: string): string => {
      if (hash === hashOf("Y")) throw new Error("it is gone");
      return "X";
    };
    expect(() => temporary.store.build({ ...generation, read })).toThrow("it is gone");
    expect(temporary.store.list()).toEqual([]);
    expect(temporary.build("a", { x: "X", y: "Y" })).toBe(true);
    expect(temporary.asked).toEqual(["Y"]);
  });

  test("gives way to whoever builds the same meanwhile", () => {
    const generation = temporary.generation("a", { x: "X", y: "Y" });
    let isFirst = true;
    const read = (hash: string): string => {
      if (isFirst) {
        isFirst = false;
        temporary.build("a", { x: "X", y: "Y" });
      }
      return generation.read(hash) as string; // The texts of this test.
    };
    temporary.store.build({ ...generation, read });
    expect(temporary.store.list()).toEqual(["a"]);
    expect(temporary.verify()).toEqual([]);
  });

  test("says what is in the way, and what to do", () => {
    writeFileSync(temporary.at(), "a file where the store is to be");
    expect(() => temporary.build("a", { x: "X" })).toThrow(
      expect.objectContaining({
        diagnostics: [
          expect.objectContaining({ code: "store-failed", message: `Cannot write the store "${temporary.at()}"` }),
        ],
      }),
    );
  });
});

describe("a store", () => {
  test("finds, lists and reads what was built", () => {
    const { store } = temporary;
    expect([store.list(), store.find("a"), store.readManifest("a")]).toEqual([[], undefined, undefined]);
    temporary.build("a", { x: "X", y: "+ Y" });
    expect([store.list(), store.find("a"), store.readManifest("a")]).toEqual([
      ["a"],
      temporary.at("generations/a"),
      "a",
    ]);
    expect([store.read(hashOf("X")), store.read(hashOf("Y")), store.read(hashOf("Z"))]).toEqual([
      Buffer.from("X"),
      Buffer.from("Y"),
      undefined,
    ]);
  });

  test("does not list what is not ready", () => {
    mkdirSync(temporary.at("generations/.new-1-1"), { recursive: true });
    expect(temporary.store.list()).toEqual([]);
  });

  test("has origins, which are no part of a generation", () => {
    const { store } = temporary;
    temporary.build("a", { x: "X" });
    expect(store.readOrigins("a")).toBeUndefined();
    store.writeOrigins("a", "one");
    store.writeOrigins("a", "two");
    expect(store.readOrigins("a")).toBe("two");
    expect(temporary.verify()).toEqual([]);
  });

  test("is a folder of which nothing is made before something is built", () => {
    const folder = join(temporary.root, "other");
    const store = openStore(folder);
    expect([store.list(), store.collect(new Set()).objects]).toEqual([[], 0]);
    expect(() => lstatSync(folder)).toThrow(/ENOENT/);
  });
});
