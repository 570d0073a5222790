import { DiagnosticError } from "@firn/diagnostic";
import type { CommandOptions, CommandResult, Page, TestedHost } from "@firn/flake-test";
import type { Flake } from "@firn/loader";
import { openStore } from "@firn/store";
import type { Bind, TestHost } from "@firn/test-host";
import { dirname } from "node:path";
import { evaluatorFolder } from "../evaluator-folder.ts";
import { buildHost } from "../machine/build-host.ts";
import type { Terminal } from "../terminal.ts";
import { fetchPage } from "./fetch-page.ts";

/** Where Node.js and the command are on the machine, on no path on which a program would find them. */
const node = "/opt/firn/node";
const program = "/opt/firn/program";

/** What the machine has to see of this one, so that firn runs on it. */
export const programBinds: readonly Bind[] = [
  { from: process.execPath, to: node },
  { from: dirname(evaluatorFolder), to: program },
];

/** Puts the command on a machine that was booted with `programBinds`. @throws DiagnosticError where it cannot run */
export async function installProgram(machine: TestHost): Promise<void> {
  const { status, stderr } = await machine.run([node, "--version"]);
  if (status !== 0) {
    throw new DiagnosticError([
      {
        code: "test-host-failed",
        severity: "error",
        message: "Cannot run firn on a test host: the Node.js of this machine does not run there",
        marks: [],
        why: [stderr.trimEnd()],
        fix: "Run firn with a Node.js that brings its libraries, such as one from nodejs.org",
      },
    ]);
  }
  await machine.writeFile("/usr/local/bin/firn", `#!/bin/sh\nexec ${node} ${program}/firn.cjs "$@"\n`, 0o755);
}

/** What a host under test is made of. */
export interface TestedParts {
  readonly machine: TestHost;
  readonly flake: Flake;
  /** Name of the host in the flake. */
  readonly name: string;
  readonly terminal: Terminal;
}

/** Milliseconds that a switch may take: it waits for units. */
const patience = 600_000;

/** A machine, and the flake whose host it is to become. */
export class HostUnderTest implements TestedHost {
  readonly #parts: TestedParts;

  constructor(parts: TestedParts) {
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.name;
  }

  get address(): string {
    return this.#parts.machine.address;
  }

  get failedUnits(): readonly string[] {
    return this.#parts.machine.failedUnits;
  }

  /** Evaluates here, with the inputs that are here, and builds into the store of the machine. */
  async switch(host: string = this.name): Promise<string> {
    const { flake, machine, terminal } = this.#parts;
    const store = openStore(machine.path("/var/lib/firn/store"));
    const built = await buildHost({ flake, host, store }, terminal);
    if (built === undefined) throw new Error(`The host "${host}" has errors`);
    return await machine.succeed(["firn", "switch", "--generation", built.generation], { timeout: patience });
  }

  async firn(...args: readonly string[]): Promise<CommandResult> {
    return await this.#parts.machine.run(["firn", ...args], { timeout: patience });
  }

  async run(command: readonly string[], options?: CommandOptions): Promise<CommandResult> {
    return await this.#parts.machine.run(command, options);
  }

  async succeed(command: readonly string[], options?: CommandOptions): Promise<string> {
    return await this.#parts.machine.succeed(command, options);
  }

  async readFile(path: string): Promise<string> {
    return await this.#parts.machine.readFile(path);
  }

  async writeFile(path: string, text: string, mode?: number): Promise<void> {
    await this.#parts.machine.writeFile(path, text, mode);
  }

  async fetch(address: string): Promise<Page> {
    return await fetchPage(address, this.address);
  }

  async reboot(): Promise<void> {
    await this.#parts.machine.reboot();
  }

  async powerCut(): Promise<void> {
    await this.#parts.machine.powerCut();
  }
}
