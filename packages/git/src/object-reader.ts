import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";

const tooOld: Diagnostic = {
  code: "fetch-failed",
  severity: "error",
  message: "Cannot read the cache of inputs",
  marks: [],
  why: ["git is older than 2.36"],
  fix: "Install git 2.36 or later",
};

/** What an object is, and its size in bytes. */
export interface ObjectInfo {
  readonly type: string;
  readonly size: number;
}

/**
 * Reads objects from one repository by one process of git, which is asked over
 * its input. (simple-git gives a process its whole input at once, and so cannot
 * ask again depending on an answer: hence this one process is started here.)
 *
 * Answers come in the order of the questions; an answer must be read to its end
 * before the next.
 */
export class ObjectReader {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #output: AsyncIterator<Buffer>;
  readonly #closed: Promise<void>;
  #rest: Buffer = Buffer.alloc(0);
  #complaint = "";

  /** @param environment what `gitEnvironment` made for the repository */
  constructor(repository: string, environment: Record<string, string>) {
    this.#process = spawn("git", ["cat-file", "--batch-command"], { cwd: repository, env: environment });
    this.#output = this.#process.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>; // No encoding is set.
    this.#closed = new Promise((resolve) => {
      this.#process.once("close", () => resolve());
      this.#process.once("error", (error) => {
        this.#complaint += error.message;
        resolve();
      });
    });
    this.#process.stdin.on("error", () => {}); // The output ends then, which is noticed where it is read.
    this.#process.stderr.on("data", (bytes: Buffer) => {
      if (this.#complaint.length < 4096) this.#complaint += bytes.toString();
    });
  }

  /** Says what objects are; undefined for each that is not in the repository. */
  async describe(ids: readonly string[]): Promise<readonly (ObjectInfo | undefined)[]> {
    const once = [...new Set(ids)];
    if (once.length > 0) this.#process.stdin.write(once.map((id) => `info ${id}\n`).join(""));
    const found = new Map<string, ObjectInfo | undefined>();
    for (const id of once) found.set(id, parseAnswer(await this.#line(), id));
    return ids.map((id) => found.get(id));
  }

  /** Asks for contents that are then read by `contents` or `stream`, in this order. */
  ask(ids: readonly string[]): void {
    if (ids.length > 0) this.#process.stdin.write(ids.map((id) => `contents ${id}\n`).join(""));
  }

  /** Reads contents that were asked for. Only for what `describe` has shown to be small. */
  async contents(id: string): Promise<Buffer> {
    const pieces: Buffer[] = [];
    await this.stream(id, (piece) => pieces.push(piece));
    return Buffer.concat(pieces);
  }

  /** Reads contents that were asked for, piece by piece. */
  async stream(id: string, onPiece: (bytes: Buffer) => unknown): Promise<void> {
    const info = parseAnswer(await this.#line(), id);
    if (info === undefined) throw new UnreadableObjectError(`The object ${id} is missing`);
    for (let left = info.size; left > 0;) {
      if (this.#rest.length === 0) await this.#more();
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      left -= piece.length;
      onPiece(piece);
    }
    if (this.#rest.length === 0) await this.#more();
    this.#rest = this.#rest.subarray(1);
  }

  /** Stops the process, whatever it is doing, and waits for its end. */
  async close(): Promise<void> {
    this.#process.stdin.destroy();
    this.#process.stdout.destroy();
    this.#process.kill("SIGKILL");
    await this.#closed;
  }

  async #line(): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf(0x0a);
      if (end >= 0) {
        const line = this.#rest.toString("latin1", 0, end);
        this.#rest = this.#rest.subarray(end + 1);
        return line;
      }
      await this.#more();
    }
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#output.next();
    if (done !== true) {
      this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
      return;
    }
    await this.#closed;
    if (/unknown option|usage: git/.test(this.#complaint)) throw new DiagnosticError([tooOld]);
    throw new UnreadableObjectError(this.#complaint.trim() || "git stopped before it had answered");
  }
}

/** Says that the repository of the cache is damaged or incomplete. */
export class UnreadableObjectError extends Error {
  override readonly name = "UnreadableObjectError";
}

function parseAnswer(line: string, id: string): ObjectInfo | undefined {
  const [answered, type, size] = line.split(" ");
  if (answered !== id || type === undefined) throw new UnreadableObjectError(`git answered ${JSON.stringify(line)}`);
  return type === "missing" ? undefined : { type, size: Number(size) };
}
