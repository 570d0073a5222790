import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { withFileLock } from "./file-lock.ts";

test("withFileLock does one work at a time, and gives the lock back when work fails", async () => {
  const folder = mkdtempSync(join(tmpdir(), "firn-lock-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const notes: string[] = [];
  const work = (name: string) => async () => {
    notes.push(`${name} begins`);
    for (let turns = 0; turns < 50; turns += 1) await turn();
    notes.push(`${name} ends`);
    if (name === "b") throw new Error("b failed");
    return name;
  };
  const lock = join(folder, "lock");
  const results = await Promise.allSettled(["a", "b", "c"].map((name) => withFileLock(lock, work(name))));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  const names = notes.filter((_, index) => index % 2 === 0).map((note) => note.slice(0, 1));
  expect(notes).toEqual(names.flatMap((name) => [`${name} begins`, `${name} ends`]));
});
