import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createFolder } from "../test/temporary-flake.ts";
import { withProcessLock } from "./process-lock.ts";

test("withProcessLock lets one work after another, also after one that failed", async () => {
  const file = join(createFolder(), "lock");
  const seen: string[] = [];
  const work = (name: string, fails = false) =>
    withProcessLock(file, async () => {
      seen.push(`${name} starts`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const results = await Promise.allSettled([work("one", true), work("two")]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(seen).toEqual(["one starts", "one ends", "two starts", "two ends"]);
  expect(existsSync(file)).toBe(false);
});

test("withProcessLock takes the lock of a process that is gone", async () => {
  const file = join(createFolder(), "lock");
  const child = spawn(process.execPath, ["-e", "0"]);
  await once(child, "exit");
  writeFileSync(file, `${child.pid ?? 0} 1`);
  expect(await withProcessLock(file, () => Promise.resolve("done"))).toBe("done");
});

test("withProcessLock removes what a process left that was killed while it asked, and nothing else", async () => {
  const folder = createFolder();
  const child = spawn(process.execPath, ["-e", "0"]);
  await once(child, "exit");
  const [gone, alive, other] = [`lock-${child.pid}-1`, `lock-${process.ppid}-1`, "lock-file"].map((name) =>
    join(folder, name),
  );
  for (const file of [gone, alive, other]) writeFileSync(file ?? "", "");
  await withProcessLock(join(folder, "lock"), () => Promise.resolve());
  expect([gone, alive, other].map((file) => existsSync(file ?? ""))).toEqual([false, true, true]);
});

test("withProcessLock takes the lock of a process whose number another has now", async () => {
  const file = join(createFolder(), "lock");
  writeFileSync(file, `${process.pid} an-earlier-start`);
  expect(await withProcessLock(file, () => Promise.resolve("done"))).toBe("done");
});

test("withProcessLock takes a stale lock whose earlier taker was killed meanwhile", async () => {
  const file = join(createFolder(), "lock");
  writeFileSync(file, `${process.pid} an-earlier-start`);
  mkdirSync(`${file}-takeover`);
  utimesSync(`${file}-takeover`, 1, 1);
  expect(await withProcessLock(file, () => Promise.resolve("done"))).toBe("done");
  expect(existsSync(`${file}-takeover`)).toBe(false);
});

test("withProcessLock lets one at a time work when many find a stale lock", async () => {
  const file = join(createFolder(), "lock");
  writeFileSync(file, `${process.pid} an-earlier-start`);
  let working = 0;
  const most = await Promise.all(
    Array.from({ length: 10 }, () =>
      withProcessLock(file, async () => {
        working += 1;
        await Promise.resolve();
        return working--;
      }),
    ),
  );
  expect(most).toEqual(Array.from({ length: 10 }, () => 1));
});

test("withProcessLock throws when the lock cannot be written", async () => {
  const file = join(createFolder(), "missing", "lock");
  await expect(withProcessLock(file, () => Promise.resolve())).rejects.toThrow("ENOENT");
});
