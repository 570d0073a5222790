import { type ChildProcess, spawn } from "node:child_process";
import type { ChildCommand } from "./child-command.ts";
import { frameKinds, FrameReader } from "./frame.ts";
import { type JobWithCode, renderJob } from "./job.ts";
import type { SandboxLimits } from "./limit-problem.ts";

/** How a run came to its end; a limit stops it. */
export type Ending = "done" | "broken" | keyof SandboxLimits;

/** What a process gave before it ended. */
export interface ProcessRun {
  /** A text for each host that was evaluated, in order; undefined where its evaluation broke. */
  readonly answers: readonly (string | undefined)[];
  /** V8's compiled forms of the engine's scripts, where they were asked for. */
  readonly scripts: readonly Buffer[];
  /** V8's compiled form of the bundle, where the process made one. */
  readonly compiled?: Buffer;
  readonly ending: Ending;
  /** What the process said on its error stream. */
  readonly detail: string;
}

const detailLimit = 8000;

/**
 * A process that evaluates one job and ends. It starts at once, so that it is
 * ready by the time that there is a job.
 */
export class EvaluatingProcess {
  readonly #limits: Required<SandboxLimits>;
  readonly #commands: ChildCommand[];
  readonly #answers: (string | undefined)[] = [];
  readonly #scripts: Buffer[] = [];
  #child: ChildProcess;
  #frames = new FrameReader();
  #job: Buffer | undefined;
  #isReady = false;
  #isSettled = false;
  #compiled: Buffer | undefined;
  #detail = "";
  #timer: NodeJS.Timeout | undefined;
  #settle: (run: ProcessRun) => void = () => undefined;

  /** @param commands ways to start it; the next is tried when the platform refuses one */
  constructor(commands: readonly ChildCommand[], limits: Required<SandboxLimits>) {
    this.#limits = limits;
    this.#commands = [...commands];
    this.#child = this.#start();
  }

  /** Runs the one job of this process; never rejects. */
  run(job: JobWithCode): Promise<ProcessRun> {
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#job = renderJob(job);
      this.#giveJob();
      this.#startTimer();
      if (this.#isSettled) this.#finish("broken");
    });
  }

  /** Ends the process, whatever it is doing. */
  stop(): void {
    this.#isSettled = true;
    clearTimeout(this.#timer);
    const { stdin, stdout, stderr } = this.#child;
    for (const stream of [stdin, stdout, stderr]) stream?.destroy();
    this.#child.kill("SIGKILL");
    this.#child.unref();
  }

  #start(): ChildProcess {
    const [command, ...others] = this.#commands;
    this.#commands.splice(0, this.#commands.length, ...others);
    if (command === undefined) return this.#child;
    const { file, args, env, cwd } = command;
    const child = spawn(file, args, { env, cwd, stdio: ["pipe", "pipe", "pipe"] });
    child.on("error", () => undefined); // The streams close too.
    child.stdin.on("error", () => undefined); // It says so by how it ends.
    child.stdout.on("data", (piece: Buffer) => this.#read(piece));
    child.stderr.on("data", (piece: Buffer) => {
      this.#detail = (this.#detail + String(piece)).slice(0, detailLimit);
    });
    child.on("close", (code, signal) => this.#closed(child, signal ?? code));
    return child;
  }

  #giveJob(): void {
    if (this.#job !== undefined) this.#child.stdin?.write(this.#job);
  }

  #startTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#finish("time"), this.#limits.time);
  }

  #read(piece: Buffer): void {
    if (this.#isSettled) return;
    try {
      for (const { kind, bytes } of this.#frames.read(piece, this.#limits.answer * 2 ** 20)) this.#take(kind, bytes);
    } catch {
      this.#finish("answer");
    }
  }

  #take(kind: number, bytes: Buffer): void {
    if (kind === frameKinds.ready) this.#isReady = true;
    else if (kind === frameKinds.compiled) this.#compiled = Buffer.from(bytes);
    else if (kind === frameKinds.script) this.#scripts.push(Buffer.from(bytes));
    else if (kind === frameKinds.end) this.#finish("done");
    else {
      this.#answers.push(kind === frameKinds.answer ? String(bytes) : undefined);
      this.#startTimer();
    }
  }

  #closed(child: ChildProcess, status: number | string | null): void {
    if (this.#isSettled || child !== this.#child) return;
    if (!this.#isReady && this.#commands.length > 0) {
      this.#detail = "";
      this.#child = this.#start();
      this.#giveJob();
      return;
    }
    const isOutOfMemory =
      /out of memory|allocation failed/i.test(this.#detail) ||
      ["SIGABRT", "SIGTRAP", "SIGILL", 134, 133].includes(status ?? 0);
    if (!isOutOfMemory) this.#detail = `the process ended with ${status}\n${this.#detail}`;
    this.#finish(isOutOfMemory ? "memory" : "broken");
  }

  #finish(ending: Ending): void {
    this.stop();
    const compiled = this.#compiled;
    this.#settle({
      answers: this.#answers,
      scripts: this.#scripts,
      ...(compiled && { compiled }),
      ending,
      detail: this.#detail,
    });
  }
}
