import { randomUUID } from "node:crypto";
import { ownVariables } from "./git-environment.ts";
import { endProcesses, measureMemory } from "./marked-processes.ts";

/** How long git may take, in milliseconds. */
export interface GitTimeouts {
  /** Without a word from it. @default 60000 */
  readonly idle: number;
  /** Altogether. @default 600000 */
  readonly total: number;
}

/** Why git was stopped before its end. */
export type StopReason = "idle" | "total" | "talkative" | "download-too-large";

/** Says that git failed or was stopped, with what it said. */
export class GitCommandError extends Error {
  override readonly name = "GitCommandError";
  readonly said: string;
  readonly stopped: StopReason | undefined;

  constructor(said: string, stopped: StopReason | undefined, options: ErrorOptions) {
    super(stopped === undefined ? "git failed" : `git was stopped (${stopped})`, options);
    this.said = said;
    this.stopped = stopped;
  }
}

/** One command of git. */
export interface GitCommand {
  readonly repository: string;
  readonly environment: Record<string, string>;
  /** Ours alone: nothing in it comes from a user but addresses after "--" and checked ids. */
  readonly args: readonly string[];
  readonly timeouts: GitTimeouts;
  /** Is told what git says on the way. */
  readonly onText?: (text: string) => void;
  /** Begins to watch; ends when the function that it returns is called. */
  readonly watch?: (stop: (reason: StopReason) => void) => () => void;
}

/** What a server may make git say; more is an attack on our memory. */
const mostOutput = 64 * 1024 * 1024;

/** What git and its helpers may use of memory, in bytes: they keep a list of refs whole before they print any. */
const mostMemory = 1024 * 1024 * 1024;

/** How often its memory is looked at, in milliseconds. Most commands are over by then. */
const memoryPeriod = 1000;

/** How long a stopped git has to end, in milliseconds; then nobody listens to it any more, which ends it too. */
const grace = 2000;

const markName = "FIRN_GIT_COMMAND";

/** Runs a command of git to its end, and gives what it printed. Throws {@link GitCommandError}. */
export async function runGit(command: GitCommand): Promise<string> {
  // Most commands of Firn find all they need in the cache; they need not load this.
  const { simpleGit } = await import("simple-git");
  // By this the programs that git starts are known.
  const mark = randomUUID();
  const control = new Control(command.timeouts, `${markName}=${mark}`);
  const unwatch = command.watch?.((reason) => control.stop(reason));
  const git = simpleGit({
    baseDir: command.repository,
    abort: control.signal,
    allowEnvironment: [...ownVariables],
    // That git has ended does not mean that all it printed has arrived: a list of tags would be cut off silently.
    completion: { onClose: true, onExit: false },
    errors: (error, { exitCode }) => (exitCode === 0 ? undefined : (error ?? new Error(`git ended with ${exitCode}`))),
  });
  git.env({ ...command.environment, [markName]: mark }).outputHandler((_name, output, errors) => {
    control.listen([output, errors]);
    errors.on("data", (bytes: Buffer) => {
      const text = control.hear(bytes);
      command.onText?.(text);
    });
  });
  try {
    return await Promise.race([git.raw([...command.args]), control.abandoned]);
  } catch (cause) {
    throw new GitCommandError(control.said || String(cause), control.stopped, { cause });
  } finally {
    unwatch?.();
    await control.end();
  }
}

/** Watches over one process of git. */
class Control {
  readonly abandoned: Promise<never>;
  readonly #controller = new AbortController();
  readonly #timeouts: GitTimeouts;
  readonly #mark: string;
  readonly #total: NodeJS.Timeout;
  readonly #memory: NodeJS.Timeout;
  #idle: NodeJS.Timeout;
  #last: NodeJS.Timeout | undefined;
  #abandon: (error: Error) => void = () => {};
  #ended: Promise<void> = Promise.resolve();
  #streams: readonly NodeJS.ReadableStream[] = [];
  #bytes = 0;
  said = "";
  stopped: StopReason | undefined;

  /** @param mark variable that git, and whatever it starts, has in its environment */
  constructor(timeouts: GitTimeouts, mark: string) {
    this.#mark = mark;
    this.#timeouts = timeouts;
    this.#total = setTimeout(() => this.stop("total"), timeouts.total);
    this.#idle = setTimeout(() => this.stop("idle"), timeouts.idle);
    this.#memory = setInterval(() => void this.#weigh(), memoryPeriod);
    this.abandoned = new Promise((_resolve, reject) => {
      this.#abandon = reject;
    });
    this.abandoned.catch(() => {}); // Nobody may be waiting any more.
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  listen(streams: readonly NodeJS.ReadableStream[]): void {
    this.#streams = streams;
    for (const stream of streams) stream.on("data", (bytes: Buffer) => this.#count(bytes.length));
  }

  /** Keeps the end of what git says, where the reason of a failure stands. */
  hear(bytes: Buffer): string {
    const text = bytes.toString();
    this.said = (this.said + text).slice(-65_536);
    return text;
  }

  stop(reason: StopReason): void {
    if (this.stopped !== undefined) return;
    this.stopped = reason;
    this.#last = setTimeout(() => {
      for (const stream of this.#streams) if ("destroy" in stream) (stream.destroy as () => void).call(stream); // Pipes.
      this.#abandon(new Error("git does not end"));
    }, grace);
    this.#controller.abort();
    this.#ended = endProcesses(this.#mark);
  }

  /** Ends the watch; nothing that git started for a command that was stopped runs any more after it. */
  async end(): Promise<void> {
    for (const timer of [this.#total, this.#idle, this.#memory, this.#last]) clearTimeout(timer);
    await this.#ended;
  }

  async #weigh(): Promise<void> {
    if ((await measureMemory(this.#mark)) > mostMemory) this.stop("talkative");
  }

  #count(length: number): void {
    this.#bytes += length;
    if (this.#bytes > mostOutput) this.stop("talkative");
    clearTimeout(this.#idle);
    if (this.stopped === undefined) this.#idle = setTimeout(() => this.stop("idle"), this.#timeouts.idle);
  }
}
