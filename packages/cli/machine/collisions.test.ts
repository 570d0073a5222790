import { symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "@firn/manifest";
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from "vitest";
import { collisions } from "./collisions.ts";
import { FolderSwitch, nothing } from "./folder-switch.ts";
import { listMachine } from "./machine-tree.ts";

const timeout = 60_000;
const kept = process.env["FIRN_NO_SYNC"];
beforeAll(() => void (process.env["FIRN_NO_SYNC"] = "1"));
afterAll(() => {
  if (kept === undefined) delete process.env["FIRN_NO_SYNC"];
  else process.env["FIRN_NO_SYNC"] = kept;
});

describe.each(collisions)("$what in the way", ({ make, path = "/etc/thing", told = path }) => {
  let machine: FolderSwitch;
  let before: readonly string[];
  let wanted: readonly Manifest[];

  /** What is the user's: Firn's own state counts on. */
  const list = (): string[] =>
    listMachine(machine.root).filter((line) => !/^(?:var\b|current |\d+ installed)/.test(line));

  beforeEach(() => {
    machine = new FolderSwitch();
    make(machine.root);
    before = list();
    const content = machine.content("of Firn\n");
    const own = { kind: "file", content, mode: "0644", user: "root", group: "root" } as const;
    wanted = [
      { ...nothing, files: { [path]: { kind: "link", content } } },
      { ...nothing, files: { [path]: own } },
    ];
  });
  afterEach(() => machine.remove());

  test("is told before anything is written", { timeout }, async () => {
    for (const manifest of wanted) {
      const { status, text } = await machine.switch(manifest);
      expect(status).toBe(1);
      expect(text).toContain(`"${told}" is `);
      expect(list()).toEqual(before);
    }
  });

  test("comes back when Firn goes, with content, mode, owner and times", { timeout }, async () => {
    for (const manifest of wanted) {
      const { status, text } = await machine.switch(manifest, true);
      expect(status, text).toBe(0);
      expect(list()).not.toEqual(before);
      expect(await machine.isSettled(manifest)).toBe(true);
      expect(await machine.switch(undefined)).toMatchObject({ status: 0 });
      expect(list()).toEqual(before);
    }
  });

  test("comes back with the generation before", { timeout }, async () => {
    const [manifest = nothing] = wanted;
    const other: Manifest = {
      ...nothing,
      files: { "/etc/other-file": { kind: "link", content: machine.content("x") } },
    };
    await machine.switch(other);
    const there = list();
    expect(await machine.switch(manifest, true)).toMatchObject({ status: 0 });
    expect(await machine.switch(other)).toMatchObject({ status: 0 });
    expect(list()).toEqual(there);
  });
});

test("a link that leads nowhere on the way to a file is told before anything is written", { timeout }, async () => {
  const machine = new FolderSwitch();
  try {
    symlinkSync("nowhere", join(machine.root, "etc/thing"));
    const before = listMachine(machine.root);
    const files = { "/etc/thing/below": { kind: "link", content: machine.content("of Firn\n") } } as const;
    for (const takeOver of [false, true]) {
      const { status, text } = await machine.switch({ ...nothing, files }, takeOver);
      expect(status).toBe(1);
      expect(text).toContain(`there is no directory at ${machine.root}/etc/thing`);
      expect(listMachine(machine.root).filter((line) => !line.startsWith("var"))).toEqual(before);
    }
  } finally {
    machine.remove();
  }
});

test("twenty kinds of thing are tried", () => {
  expect(new Set(collisions.map(({ what }) => what)).size).toBeGreaterThanOrEqual(20);
});
