import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const command = join(import.meta.dirname, "../dist/firn.cjs");

/** Waits until something is there. */
async function eventually<Value>(find: () => Value | undefined): Promise<Value> {
  for (let tries = 0; tries < 500; tries++) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("It did not happen within ten seconds");
}

/** Finds a child of a process that has worked for a tenth of a second. */
function findWorker(parent: number): string | undefined {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").split(" ").filter(Boolean);
  return children.find((child) => {
    const fields = existsSync(`/proc/${child}/stat`) ? readFileSync(`/proc/${child}/stat`, "utf8").split(" ") : [];
    return Number(fields[13] ?? 0) > 50;
  });
}

test.runIf(existsSync("/usr/bin/setpriv"))(
  "the process that evaluates ends with the command, even when that is killed",
  async () => {
    const flake = mkdtempSync(join(tmpdir(), "firn-orphan-"));
    try {
      mkdirSync(join(flake, "hosts/web/src"), { recursive: true });
      writeFileSync(join(flake, "flake.yaml"), "name: busy\n");
      writeFileSync(join(flake, "pnpm-workspace.yaml"), "packages: [hosts/*]\n");
      writeFileSync(join(flake, "hosts/web/package.json"), '{ "name": "web", "exports": "./src/index.ts" }');
      writeFileSync(join(flake, "hosts/web/src/index.ts"), "for (;;);\nexport default {};\n");
      const env = { PATH: process.env["PATH"], XDG_CACHE_HOME: join(flake, "cache") };
      const firn = spawn(process.execPath, [command, "eval", "web"], { cwd: flake, stdio: "ignore", env });
      const worker = await eventually(() => findWorker(firn.pid ?? 0));
      firn.kill("SIGKILL");
      await once(firn, "exit");
      expect(await eventually(() => (existsSync(`/proc/${worker}`) ? undefined : "gone"))).toBe("gone");
    } finally {
      rmSync(flake, { recursive: true, force: true });
    }
  },
  30_000,
);
