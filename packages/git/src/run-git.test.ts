import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type GitCommand, runGit } from "./run-git.ts";
import { makeScratch } from "./testing.ts";

/** A command whose git is a script. */
function makeCommand(script: string, other: Partial<GitCommand> = {}): GitCommand {
  const folder = makeScratch();
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin", "git"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "bin", "git"), 0o755);
  const environment = { PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}` };
  return { repository: folder, environment, args: ["fetch"], timeouts: { idle: 30_000, total: 30_000 }, ...other };
}

test("runGit gives what git prints, and tells what it says", async () => {
  const heard: string[] = [];
  const command = makeCommand("echo out; echo said >&2", { onText: (text) => heard.push(text) });
  expect(await runGit(command)).toBe("out\n");
  expect(heard.join("")).toBe("said\n");
});

test("runGit fails with what git said, also when it said nothing", async () => {
  await expect(runGit(makeCommand("echo reason >&2; exit 3"))).rejects.toMatchObject({
    said: "reason\n",
    stopped: undefined,
  });
  await expect(runGit(makeCommand("exit 3"))).rejects.toMatchObject({ name: "GitCommandError", stopped: undefined });
});

test("runGit stops a git that says more than any honest one", async () => {
  await expect(runGit(makeCommand("exec yes"))).rejects.toMatchObject({ stopped: "talkative" });
});

test("runGit stops a git that says something again and again, but never ends", async () => {
  const command = makeCommand("while :; do echo on >&2; sleep 0.05; done", { timeouts: { idle: 20_000, total: 300 } });
  await expect(runGit(command)).rejects.toMatchObject({ stopped: "total" });
});

test("runGit does not wait for a git that cannot be stopped", async () => {
  const command = makeCommand("trap '' INT; n=0; while [ $n -lt 100 ]; do n=$((n+1)); sleep 0.1; done", {
    timeouts: { idle: 100, total: 30_000 },
  });
  await expect(runGit(command)).rejects.toMatchObject({ stopped: "idle" });
});

test("runGit stops a git when who watches it says so, and ends the watch", async () => {
  let isWatching = false;
  const command = makeCommand("exec sleep 20", {
    watch: (stop) => {
      isWatching = true;
      stop("download-too-large");
      return () => {
        isWatching = false;
      };
    },
  });
  await expect(runGit(command)).rejects.toMatchObject({ stopped: "download-too-large" });
  expect(isWatching).toBe(false);
});
