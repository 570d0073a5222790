import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { Readable } from "node:stream";

// Node.js cannot lock a file. A shell does, and runs the scripts: should this
// process die, the script goes on, and the lock with it.
const holder = `trap : INT TERM HUP
exec 9>>"$1" || exit 74
flock -n 9
case $? in 0) ;; 1) exit 75 ;; *) exit 76 ;; esac
FIRN_LOCKED=1; export FIRN_LOCKED
echo "$2"
while IFS= read -r script; do
  sh "$script" </dev/null 2>&1
  echo "$2 $?"
done`;

/** Starts what the holder writes itself; no output of a script can be taken for it. */
const mark = `firn-${process.pid}-${Date.now()}`;

/** How the attempt to take the lock ended. */
export type LockAttempt = { readonly holder: LockHolder } | { readonly problem: "taken" | "unwritable" | "no-flock" };

/** Holds a lock, and runs scripts meanwhile. */
export class LockHolder {
  readonly #process: ChildProcess;
  readonly #lines: Interface;
  readonly #ended: Promise<number | null>;

  private constructor(process: ChildProcess) {
    this.#process = process;
    this.#lines = createInterface({ input: process.stdout ?? Readable.from([]) });
    this.#ended = new Promise((resolve) => process.once("close", resolve));
    // Whoever writes to it when it is gone learns that from its end.
    process.stdin?.on("error", () => {});
  }

  /** Takes the lock, or says why not. */
  static async take(file: string): Promise<LockAttempt> {
    const child = spawn("sh", ["-c", holder, "firn", file, mark], { stdio: ["pipe", "pipe", "ignore"] });
    const lock = new LockHolder(child);
    const isTaken = new Promise<true>((resolve) => lock.#lines.once("line", () => resolve(true)));
    const first = await Promise.race([isTaken, lock.#ended]);
    if (first === true) return { holder: lock };
    // A shell ends with 2 where it cannot open a file for "exec".
    return { problem: first === 75 ? "taken" : first === 74 || first === 2 ? "unwritable" : "no-flock" };
  }

  /** Runs a script and tells each line that it prints; gives its exit status, 4 when it was killed. */
  async run(script: string, onLine: (line: string) => void): Promise<number> {
    const ended = new Promise<number>((resolve) => {
      const listen = (line: string): void => {
        // The last line of a script need not have an end.
        const at = line.indexOf(`${mark} `);
        if (at !== 0) onLine(at < 0 ? line : line.slice(0, at));
        if (at < 0) return;
        this.#lines.off("line", listen);
        resolve(Number(line.slice(at + mark.length + 1)));
      };
      this.#lines.on("line", listen);
      void this.#ended.then(() => resolve(4));
    });
    this.#process.stdin?.write(`${script}\n`);
    return ended;
  }

  /** Gives the lock back. */
  async release(): Promise<void> {
    this.#process.stdin?.end();
    await this.#ended;
  }
}
