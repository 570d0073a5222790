import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ShellCommand, writeShellStart } from "@firn/package-shell";
import { runProgram } from "../test-kit/ordinary-user.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "firn-start-"));
  mkdirSync(join(folder, "home"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(shell: string, prompt = "dev"): ShellCommand {
  return writeShellStart({ shell, prompt, folder: join(folder, "start"), environment: {} });
}

/** Has an interactive bash print a word. */
async function runBash(prompt: string, word: string): Promise<string> {
  const { args, environment } = start("/bin/bash", prompt);
  const variables = { ...environment, HOME: join(folder, "home"), PATH: "/usr/bin:/usr/sbin:/home/x" };
  const { text } = await runProgram(["/bin/bash", ...args, "-i", "-c", `printf "<%s>" "${word}"`], {
    environment: variables,
  });
  // Without a terminal it says so, too.
  return /<([^]*)>/.exec(text)?.[1] ?? text;
}

describe("writeShellStart", () => {
  test.each(["dev", "it's $HOME `id` \\u %n \\\\ !"])("bash shows (%s), whatever it is", async (prompt) => {
    writeFileSync(join(folder, "home/.bashrc"), "PS1='mine> '");
    expect(await runBash(prompt, "${PS1@P}")).toBe(`(${prompt}) mine> `);
  });

  test("bash finds programs of the tree first, also when the user's own file has others", async () => {
    expect(await runBash("dev", "$PATH")).toBe("/usr/bin:/usr/sbin:/home/x");
    writeFileSync(join(folder, "home/.bashrc"), "PATH=/home/mine:$PATH");
    expect(await runBash("dev", "$PATH")).toBe("/usr/bin:/usr/sbin:/home/mine:/usr/bin:/usr/sbin:/home/x");
  });

  test("writes equal files once, and leaves nothing unfinished", () => {
    expect(start("/usr/bin/zsh")).toEqual(start("/bin/zsh"));
    expect(start("/bin/bash", "other")).not.toEqual(start("/bin/bash"));
    expect(readdirSync(join(folder, "start")).map((name) => name.length)).toEqual([64, 64, 64]);
  });

  test("any other shell gets a plain prompt, and reads its own files", () => {
    expect(start("/bin/dash")).toEqual({ args: [], environment: { PS1: "(dev) $ " } });
  });
});
