import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execFileSync } from "node:child_process";
import {
  describePackageTarget,
  type MachinePackage,
  memoryTarget,
  type ScriptEnd,
} from "@firn/package-manager/testing";

function run(script: string, after?: number): Promise<ScriptEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn("sh", ["-c", script], { stdio: ["ignore", "pipe", "pipe"], detached: true });
    const pieces: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => pieces.push(piece));
    // The whole group, as a loss of power would end it.
    const timer = after === undefined ? undefined : setTimeout(() => kill(child.pid), after);
    child.once("error", reject);
    child.once("close", (status) => {
      clearTimeout(timer);
      resolve({ status: status ?? -1, text: Buffer.concat(pieces).toString() });
    });
  });
}

function kill(pid = 0): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function make(folder: string, { files, name, needs = [], version }: MachinePackage): string {
  const parts = mkdtempSync(join(folder, "parts-"));
  writeFileSync(join(parts, "needs"), needs.map((each) => `${each}\n`).join(""));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(parts, "root", path)), { recursive: true });
    writeFileSync(join(parts, "root", path), text);
  }
  const file = join(folder, memoryTarget.fileNameOf({ name, version, architecture: "all" }));
  execFileSync("tar", ["-cf", file, "-C", parts, "."]);
  return file;
}

describePackageTarget("memoryTarget", () => {
  const folder = mkdtempSync(join(tmpdir(), "firn-memory-target-"));
  const [root, files, state] = ["root", "files", "state"].map((name) => join(folder, name));
  const reset = (): void => {
    for (const each of [root, state]) rmSync(each ?? "", { recursive: true, force: true });
    mkdirSync(join(root ?? "", "var/lib/memory-packages"), { recursive: true });
  };
  reset();
  mkdirSync(files ?? "");
  return Promise.resolve({
    target: memoryTarget,
    places: { root: root ?? "", files: files ?? "", state: state ?? "" },
    versions: ["1", "2"],
    make(wanted) {
      make(files ?? "", wanted);
      const { name, version } = wanted;
      return { name, version, architecture: "all", sha256: "0".repeat(64), isAsked: true };
    },
    run,
    read: (path) => Promise.resolve(readIfThere(join(root ?? "", path))),
    reset: () => Promise.resolve(reset()),
    stop: () => Promise.resolve(rmSync(folder, { recursive: true })),
  });
});

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
