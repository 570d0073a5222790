import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";

// Node.js cannot lock a file. A shell does, and runs the scripts: should this
// process die, the script goes on, and the lock with it.
const holder = `trap : INT TERM HUP
exec 9>>"$1" || exit 74
flock -n 9 || exit 75
FIRN_LOCKED=1; export FIRN_LOCKED
echo "$2"
while IFS= read -r script; do
  sh "$script" </dev/null 2>&1
  echo "$2 $?"
done`;

/** Starts a line that the holder writes itself; no output of a script can be taken for it. */
const mark = `firn-${process.pid}-${Date.now()}`;

/** How the attempt to take the lock ended. */
export type LockAttempt = { readonly holder: LockHolder } | { readonly problem: "taken" | "unwritable" | "no-flock" };

/** Holds a lock, and runs scripts meanwhile. */
export class LockHolder {
  readonly #process: ChildProcess;
  readonly #lines: Interface;

  private constructor(process: ChildProcess, lines: Interface) {
    this.#process = process;
    this.#lines = lines;
  }

  /** Takes the lock, or says why not. */
  static async take(file: string): Promise<LockAttempt> {
    const child = spawn("sh", ["-c", holder, "firn", file, mark], { stdio: ["pipe", "pipe", "ignore"] });
    const lines = createInterface({ input: child.stdout });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const isTaken = new Promise<true>((resolve) => lines.once("line", () => resolve(true)));
    const first = await Promise.race([isTaken, ended]);
    if (first === true) return { holder: new LockHolder(child, lines) };
    // A shell ends with 2 where it cannot open a file for "exec".
    return { problem: first === 75 ? "taken" : first === 74 || first === 2 ? "unwritable" : "no-flock" };
  }

  /** Runs a script and tells each line that it prints; gives its exit status, 4 when it was killed. */
  async run(script: string, onLine: (line: string) => void): Promise<number> {
    const ended = new Promise<number>((resolve) => {
      const listen = (line: string): void => {
        if (!line.startsWith(`${mark} `)) return onLine(line);
        this.#lines.off("line", listen);
        resolve(Number(line.slice(mark.length + 1)));
      };
      this.#lines.on("line", listen);
      this.#process.once("close", () => resolve(4));
    });
    this.#process.stdin?.write(`${script}\n`);
    return ended;
  }

  /** Gives the lock back. */
  async release(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once("close", resolve));
    this.#process.stdin?.end();
    await ended;
  }
}
