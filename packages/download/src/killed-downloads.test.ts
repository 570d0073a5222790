import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { silentAfter } from "../test/breaking-server.ts";
import { hashOf, TemporaryDownload } from "../test/temporary-download.ts";

const execute = promisify(execFile);
const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

let temporary: TemporaryDownload;
beforeEach(async () => void (temporary = await new TemporaryDownload().start()));
afterEach(() => temporary.remove());

/** Bundles the program, since Node 20 does not run TypeScript, and gives the command that starts it. */
async function prepare(): Promise<readonly string[]> {
  const program = join(temporary.folder, "program/main.mjs");
  const entry = path("../test/download-program.ts");
  await execute(process.execPath, [path("../../../tools/run.mjs"), entry, program, join(temporary.folder, "other")]);
  return [process.execPath, program];
}

test("a download that is killed leaves nothing but what the store sweeps", async () => {
  const { server } = temporary;
  const text = "0123456789";
  const [node = "", program = ""] = await prepare();
  const address = server.offer("/x", text, silentAfter(5));
  const child = spawn(node, [program, temporary.store.folder, hashOf(text), `${text.length}`, address]);
  const exit = once(child, "exit");
  try {
    await expect.poll(() => server.asked.length, { timeout: 20_000 }).toBe(1);
  } finally {
    child.kill("SIGKILL");
    await exit;
  }
  expect(temporary.unfinished).toEqual([`.new-${child.pid}-1`]);
  expect(temporary.store.findContent(hashOf(text))).toBeUndefined();
  temporary.store.collect(new Set());
  expect(temporary.unfinished).toEqual([]);
});

test("a disk that is full is told as such, and nothing is left there", async () => {
  const { folder, server } = temporary;
  const text = "x".repeat(200_000);
  const [node = "", program = ""] = await prepare();
  const address = server.offer("/x", text);
  const small = join(folder, "small");
  mkdirSync(small);
  // A disk of its own that nobody else sees, and that is gone with the program.
  const script =
    'mount -t tmpfs -o size=128k none "$1" && "$2" "$3" "$1/store" "$4" "$5" "$6"; ls -A "$1/store/received"';
  const words = ["sh", small, node, program, hashOf(text), `${text.length}`, address];
  const { stdout } = await execute("unshare", ["--map-root-user", "--mount", "sh", "-c", script, ...words]);
  expect(stdout.trimEnd().split("\n")).toEqual([
    expect.stringMatching(/^store-failed Cannot write the store .*ENOSPC.*Make room, for example with firn gc$/),
  ]);
  expect(readdirSync(small)).toEqual([]);
});
