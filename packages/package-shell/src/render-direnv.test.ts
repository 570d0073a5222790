import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderDirenv, renderDirenvFunction } from "@firn/package-shell";
import { runProgram } from "../test-kit/ordinary-user.ts";

let folder = "";
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "firn-direnv-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shell = { name: "dev", tree: "/trees/it's", wrappers: "/wrappers/1" };

/** Runs a script as direnv does, which always uses bash. */
function runBash(script: string, environment: Readonly<Record<string, string>> = {}): Promise<unknown> {
  return runProgram(["/bin/bash", "-ec", script], { environment: { PATH: "/usr/bin", ...environment } });
}

describe("renderDirenv", () => {
  const print = 'printf "%s\\n" "$PATH" "$MANPATH" "$XDG_DATA_DIRS" "$FIRN_SHELL" "${A-}"';

  test("leads to wrappers, and to manuals and completions of the tree", async () => {
    expect(await runBash(renderDirenv(shell) + print)).toEqual({
      status: 0,
      text: [
        "/wrappers/1:/usr/bin",
        "/trees/it's/usr/share/man:",
        "/trees/it's/usr/share:/usr/local/share:/usr/share",
        "dev\n\n",
      ].join("\n"),
    });
  });

  test("keeps what lists had, and sets what the shell sets, whatever is in it", async () => {
    const environment = { MANPATH: "/m", XDG_DATA_DIRS: "/d" };
    expect(await runBash(renderDirenv({ ...shell, set: { A: "it's\n$HOME" } }) + print, environment)).toEqual({
      status: 0,
      text: "/wrappers/1:/usr/bin\n/trees/it's/usr/share/man:/m\n/trees/it's/usr/share:/d\ndev\nit's\n$HOME\n",
    });
  });
});

describe("renderDirenvFunction", () => {
  const use = (command: string, words: string): Promise<unknown> =>
    runBash(`watch_file() { echo "watched $*"; }\n${renderDirenvFunction(command)}use_firn ${words}; echo "$A"`);

  test("loads the lines that a command prints for the words after use firn, and watches flake and lock", async () => {
    const command = join(folder, "a command");
    writeFileSync(command, "#!/bin/sh\necho \"export A='$# $1'\"\n");
    chmodSync(command, 0o755);
    expect(await use(`'${command}'`, "'my shell'")).toEqual({
      status: 0,
      text: "watched flake.yaml lockfile.json\n1 my shell\n",
    });
  });

  test("fails as that command does", async () => {
    expect(await use("/bin/false", "")).toEqual({ status: 1, text: "watched flake.yaml lockfile.json\n" });
  });
});
