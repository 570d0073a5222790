import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Does work while no other process does work under the same lock.
 *
 * The kernel holds the lock for a program that ends when this process does, so
 * that nobody ever waits for one who was killed.
 */
export async function withFileLock<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  const holder = spawn("flock", [path, "sh", "-c", "echo held; exec cat >/dev/null"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(holder, "close");
  try {
    await Promise.race([once(holder.stdout, "data"), ended]);
    if (holder.exitCode !== null) throw new Error(`flock cannot lock "${path}": its status is ${holder.exitCode}`);
    return await work();
  } finally {
    holder.stdin.end();
    await ended;
  }
}
