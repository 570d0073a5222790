import { spawn } from "node:child_process";
import { once } from "node:events";
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashOf, TemporaryStore } from "../test/temporary-store.ts";

let temporary: TemporaryStore;
beforeEach(() => void (temporary = new TemporaryStore()));
afterEach(() => temporary.remove());

/** Has a text arrive in the store. */
async function keep(text: string): Promise<string> {
  const file = temporary.store.receive();
  writeFileSync(file, text);
  await temporary.store.keep(file, hashOf(text));
  return file;
}

describe("keep", () => {
  test("makes a received file a content like others: found, read-only, and nothing else is left", async () => {
    const file = await keep("X");
    const found = temporary.store.findContent(hashOf("X"));
    expect(found).toBe(temporary.object("X"));
    expect(readFileSync(temporary.object("X"), "utf8")).toBe("X");
    expect([lstatSync(temporary.object("X")).mode & 0o7777, lstatSync(temporary.object("X")).mtimeMs]).toEqual([
      0o444, 1000,
    ]);
    expect(() => lstatSync(file)).toThrow(/ENOENT/);
    expect(readdirSync(temporary.at("received"))).toEqual([]);
    expect(temporary.verify()).toEqual([]);
  });

  test("leaves a content alone that generations have", async () => {
    temporary.build("a", { x: "X" });
    const before = lstatSync(temporary.object("X")).ino;
    await keep("X");
    expect(lstatSync(temporary.object("X")).ino).toBe(before);
    expect(readdirSync(temporary.at("received"))).toEqual([]);
  });

  test("replaces a content that was cut short", async () => {
    await keep("XYZ");
    truncateSync(temporary.object("XYZ"), 1);
    await keep("XYZ");
    expect(temporary.verify()).toEqual([]);
  });

  test("lets several processes keep the same at once", async () => {
    await runProgram("collect");
    const ends = await Promise.all([1, 2].map(() => runProgram("keep", "X", hashOf("X"))));
    expect(ends).toEqual([0, 0]);
    expect(temporary.verify()).toEqual([]);
    expect(readdirSync(temporary.at("received"))).toEqual([]);
  });

  test("says what is wrong when the store is full or may not be written", async () => {
    const file = temporary.store.receive();
    writeFileSync(file, "X");
    writeFileSync(temporary.at("objects"), "a file where the folder is to be");
    await expect(temporary.store.keep(file, hashOf("X"))).rejects.toMatchObject({
      diagnostics: [{ code: "store-failed", message: `Cannot write the store "${temporary.at()}"` }],
    });
  });

  test("does not wait for a file that is not there", async () => {
    await expect(temporary.store.keep(temporary.store.receive(), hashOf("X"))).rejects.toThrow(/ENOENT/);
  });
});

describe("a received content", () => {
  test("is part of a generation without being asked for again, and then stays", async () => {
    await keep("package");
    temporary.build("a", { "packages/x.deb": "package" });
    expect(temporary.asked).toEqual([]);
    expect(temporary.store.collect(new Set(["a"])).objects).toBe(0);
    expect(lstatSync(temporary.object("package")).nlink).toBe(2);
    expect(temporary.verify()).toEqual([]);
  });

  test("goes with the next collection when no generation has it", async () => {
    await keep("package");
    expect(temporary.store.collect(new Set())).toMatchObject({ objects: 1, bytes: 7 });
    expect(temporary.store.findContent(hashOf("package"))).toBeUndefined();
  });

  test("that was never finished is swept, unless its process lives", () => {
    mkdirSync(temporary.at("received"), { recursive: true });
    writeFileSync(temporary.at("received/.new-4194305-1"), "half");
    writeFileSync(temporary.at(`received/.new-${process.ppid}-1`), "half");
    temporary.store.collect(new Set());
    expect(readdirSync(temporary.at("received"))).toEqual([`.new-${process.ppid}-1`]);
  });
});

describe("hold", () => {
  test("keeps contents from a collection of another process until they are released", async () => {
    await keep("X");
    temporary.build("a", { y: "+ Y" });
    const { missing, release } = temporary.store.hold([hashOf("X"), hashOf("Y"), hashOf("Z"), hashOf("X")]);
    expect(missing).toEqual([hashOf("Z")]);
    expect(await runProgram("collect")).toBe(0);
    expect([temporary.object("X"), temporary.object("Y", "-x")].map((file) => lstatSync(file).nlink)).toEqual([2, 2]);
    release();
    release();
    expect(temporary.store.collect(new Set())).toMatchObject({ objects: 2 });
    expect(readdirSync(temporary.at("held"))).toEqual([]);
  });

  test("of a process that is gone is swept, with what it held", async () => {
    await keep("X");
    temporary.store.hold([hashOf("X")]);
    renameSync(temporary.at("held", readdirSync(temporary.at("held"))[0] ?? ""), temporary.at("held/.new-4194305-1"));
    temporary.store.collect(new Set());
    expect(readdirSync(temporary.at("held"))).toEqual([]);
    expect(temporary.store.findContent(hashOf("X"))).toBeUndefined();
  });
});

/** Works on the store in another process, and gives its exit status. */
async function runProgram(...task: readonly string[]): Promise<unknown> {
  const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  // Bundled once for each store, since Node 20 does not run TypeScript.
  const run = [path("../../../tools/run.mjs"), path("../test/store-program.ts"), `${temporary.root}/program/main.mjs`];
  const child = spawn(process.execPath, [...run, temporary.at(), ...task], { stdio: ["ignore", "ignore", "inherit"] });
  const [status] = await once(child, "exit");
  return status;
}
