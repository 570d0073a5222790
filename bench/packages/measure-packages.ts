import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyDebian } from "./archive.ts";
import { measureCache } from "./measure-cache.ts";
import { measureFetch } from "./measure-fetch.ts";
import { measureIdle } from "./measure-idle.ts";
import { measureInstall } from "./measure-install.ts";
import { measureResolve } from "./measure-resolve.ts";
import { measureStart } from "./measure-start.ts";
import { type Bench, cli, sets } from "./setting.ts";

const parts = new Map<string, (bench: Bench) => void | Promise<void>>([
  ["resolve", measureResolve],
  ["fetch", measureFetch],
  ["install", measureInstall],
  ["start", measureStart],
  ["idle", measureIdle],
  ["cache", measureCache],
]);

/** Measures the parts that are named, in their order, and prints the figures. */
export async function measurePackages(wanted: { parts: readonly string[]; rounds: number }): Promise<void> {
  if (!existsSync(cli)) throw new Error(`Cannot find "${cli}"; "pnpm build" makes it`);
  if (process.getuid?.() !== 0) throw new Error("Cannot install packages: only root can");
  const copy = await copyDebian(Object.values(sets));
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "firn-bench-packages-")));
  const server = spawn(process.execPath, [process.argv[1] ?? "", "packages", "--serve", copy.folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const address = await addressOf(server);
    for (const name of wanted.parts) await parts.get(name)?.({ folder, address, copy, rounds: wanted.rounds });
  } finally {
    server.kill();
    rmSync(folder, { recursive: true });
  }
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error("The server has no output");
  const [text] = await once(stdout, "data");
  return String(text).trim();
}
