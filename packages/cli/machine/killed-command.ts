import { lockMachine } from "@firn/activation";
import { run } from "@firn/cli";
import { countChanges, failAt, type FaultResult, killAt } from "@firn/fault";
import { scopeOf } from "@firn/host-access";
import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { first, large, second, userThings } from "./definitions.ts";
import { listMachine, listStore } from "./machine-tree.ts";
import { firnEnvironment, firnWords, putThings, runFirn, type Said, writeFlake } from "./switched-host.ts";

/** The flakes there are, each with another definition of the same host. */
const flakes = { first, large, second };

/** A command of firn, and the flake in whose folder it is run. */
export interface Call {
  readonly flake: keyof typeof flakes;
  readonly args: readonly string[];
}

/** What is to be killed, on what machine. */
export interface Work extends Call {
  /** What had been done on the machine before. */
  readonly before: readonly Call[];
  /** Whether the machine may be between old and new: a collection forgets one number after the other. */
  readonly isGradual?: boolean;
}

/** What goes wrong: a kill right before the n-th change, perhaps of the next run too; an error of that one change, or of all from it on. */
export type Fault =
  | { readonly kind: "kill"; readonly n: number; readonly next?: number }
  | {
      readonly kind: "error";
      readonly n: number;
      readonly error: "ENOSPC" | "EIO" | "EROFS";
      readonly isLasting: boolean;
    };

/** What came of it. */
export interface Outcome {
  /** What the machine was after recovery. */
  readonly found: "old" | "new" | "neither";
  /** What is not as it must be, as sentences. */
  readonly problems: readonly string[];
}

/** A machine on which a command is killed, again and again, each time from the same beginning. */
export class KilledCommand {
  readonly #folder: string = realpathSync(mkdtempSync(join(tmpdir(), "firn-killed-")));
  readonly #work: Work;
  /** How many changes there are when nobody kills it. */
  readonly count: number;
  readonly #old: readonly string[];
  readonly #new: readonly string[];
  readonly #newStore: readonly string[];

  constructor(work: Work) {
    this.#work = work;
    putThings(this.#machine, userThings);
    for (const [name, definitions] of Object.entries(flakes)) {
      writeFlake(this.#at(name), definitions);
      // The configuration is kept, so that the killed runs need no evaluation.
      mustSucceed("firn eval", runFirn(this.#at(name), "eval", "web", "--json"));
    }
    for (const each of work.before) this.#mustRun(each);
    spawnSync("mv", [this.#machine, this.#at("template")]);
    this.#begin();
    this.#old = listMachine(this.#machine);
    this.count = countChanges(this.#words, { environment: this.#environment });
    this.#new = listMachine(this.#machine);
    this.#newStore = listStore(this.#machine);
  }

  /** Lets the command meet a fault, and then does what a person would do. */
  async meet(fault: Fault): Promise<Outcome> {
    this.#begin();
    const { output, status } = this.#runWith(fault);
    const problems: string[] = [];
    problems.push(...(await this.#verify()), ...(await this.#recover()));
    const found = this.#whatIsThere(problems);
    // A collection and a build that are done change nothing that is compared here.
    if (status === 0 && found === "old" && !this.#isSame) problems.push("it said that it was done");
    problems.push(...(await this.#repeat()), ...(await this.#verify()));
    return {
      found,
      problems: problems.map((each) => `${JSON.stringify(fault)} exits with ${status}: ${each}\n${output.slice(-600)}`),
    };
  }

  async #verify(): Promise<string[]> {
    return problemOf("firn store verify", await this.#runHere("store", "verify"));
  }

  /** Runs the command again, after which the machine is exactly new. */
  async #repeat(): Promise<string[]> {
    const { args } = this.#work;
    const problems = problemOf("the same again", await this.#runHere(...args));
    problems.push(...differences("after the same again", listMachine(this.#machine), this.#new));
    if (args[0] === "gc") return [...problems, ...differences("the store", listStore(this.#machine), this.#newStore)];
    if (args[0] === "build")
      problems.push(...problemOf("firn switch", await this.#runHere("switch", "web", "--take-over")));
    const { text } = await this.#runHere("plan", "web");
    return text.includes("Nothing to do") ? problems : [...problems, `the plan is not empty: ${text}`];
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #machine(): string {
    return this.#at("machine");
  }

  get #words(): string[] {
    const { args, flake } = this.#work;
    // The folder of the flake is where firn is run.
    return ["env", "-C", this.#at(flake), ...firnWords(...args, "--root", this.#machine)];
  }

  get #environment(): NodeJS.ProcessEnv {
    return firnEnvironment(this.#folder);
  }

  /** Whether the command changes nothing but the store. */
  get #isSame(): boolean {
    return JSON.stringify(this.#old) === JSON.stringify(this.#new);
  }

  #at(name: string): string {
    return join(this.#folder, name);
  }

  #begin(): void {
    rmSync(this.#machine, { recursive: true, force: true });
    const { status } = spawnSync("cp", ["-a", this.#at("template"), this.#machine]);
    if (status !== 0) throw new Error(`Cannot copy ${this.#at("template")}`);
  }

  #runWith(fault: Fault): FaultResult {
    const environment = this.#environment;
    if (fault.kind === "error") return failAt(fault.n, { ...fault, environment }, this.#words);
    const killed = killAt(fault.n, this.#words, { environment });
    return fault.next === undefined ? killed : killAt(fault.next, this.#words, { environment });
  }

  /** Does what each command that needs the lock does first. */
  async #recover(): Promise<string[]> {
    const said: string[] = [];
    const report = (line: string): void => void said.push(line);
    const locked = await lockMachine(scopeOf({ root: this.#machine }), { holder: "a test", report });
    try {
      const recovery = await locked.recover();
      return recovery?.kind === "broken" ? [`the machine cannot be recovered: ${said.join("\n")}`] : [];
    } finally {
      await locked.release();
    }
  }

  #whatIsThere(problems: string[]): Outcome["found"] {
    const isCompared = (line: string): boolean =>
      this.#work.isGradual !== true || !line.startsWith("var/lib/firn/generations/");
    const now = listMachine(this.#machine).filter(isCompared);
    if (JSON.stringify(now) === JSON.stringify(this.#new.filter(isCompared))) return "new";
    const wrong = differences("what is neither old nor new", now, this.#old.filter(isCompared));
    problems.push(...wrong);
    return wrong.length === 0 ? "old" : "neither";
  }

  /** In this process: starting another takes longer than what it does. */
  async #runHere(...args: readonly string[]): Promise<{ status: number; text: string }> {
    let text = "";
    const add = (line: string): void => void (text += `${line}\n`);
    const status = await run([...args, "--root", this.#machine], {
      directory: this.#at(this.#work.flake),
      environment: this.#environment,
      hostName: "web",
      color: false,
      print: add,
      report: add,
    });
    return { status, text };
  }

  #mustRun({ args, flake }: Call): void {
    mustSucceed(`firn ${args.join(" ")}`, runFirn(this.#at(flake), ...args, "--root", this.#machine));
  }
}

function mustSucceed(what: string, { status, text }: Said): void {
  if (status !== 0) throw new Error(`${what} exits with ${status}: ${text}`);
}

function problemOf(what: string, { status, text }: Said): string[] {
  return status === 0 ? [] : [`${what} exits with ${status}: ${text}`];
}

function differences(what: string, found: readonly string[], wanted: readonly string[]): string[] {
  const missing = wanted.filter((line) => !found.includes(line)).map((line) => `- ${line}`);
  const extra = found.filter((line) => !wanted.includes(line)).map((line) => `+ ${line}`);
  return missing.length + extra.length === 0 ? [] : [`${what}:\n${[...missing, ...extra].join("\n").slice(0, 1500)}`];
}
