import { describe, expect, test } from "vitest";
import { renderDirenv } from "@firn/package-shell";
import { runProgram } from "../test-kit/ordinary-user.ts";

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
