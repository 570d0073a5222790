import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BootPlan, Machine } from "./boot.ts";
import { whileFrozen } from "./control-group.ts";
import { type RunOptions, runInside } from "./enter.ts";
import { keepSnapshot, requireSnapshot, restoreSnapshot } from "./host-disk.ts";
import { commandProblem, type CommandResult, requireProgram } from "./run-program.ts";
import type { SshAccess } from "./ssh-access.ts";
import { testHostProblem } from "./test-host-problem.ts";

/** What a host needs of those who make it. */
interface Parts {
  readonly plan: BootPlan;
  readonly ssh: SshAccess;
  boot(): Promise<Machine>;
  /** Removes all that was made for the host. */
  release(): Promise<void>;
}

/** Milliseconds within which systemd has to have started all that it starts. */
const bootPatience = 120_000;

/** A Debian machine that is booted, used and thrown away. */
export class TestHost {
  readonly #parts: Parts;
  #machine: Machine | undefined;
  #failedUnits: readonly string[] = [];
  #isGone = false;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Boots a machine for the first time; `startHost` is the way to one. */
  static async start(parts: Parts): Promise<TestHost> {
    const host = new TestHost(parts);
    await host.#boot();
    return host;
  }

  get name(): string {
    return this.#parts.plan.name;
  }

  /** Gets the address at which this machine, and other hosts of it, reach the host. */
  get address(): string {
    return this.#parts.ssh.address;
  }

  /** Gets what a client of SSH on this machine needs to log in as root. */
  get ssh(): SshAccess {
    return this.#parts.ssh;
  }

  /** Names the units that did not start at the last boot, for which systemd calls the host degraded. */
  get failedUnits(): readonly string[] {
    return this.#failedUnits;
  }

  /** Gets the number that the first process of the host has on this machine; another one after each boot. */
  get leader(): number {
    return this.#on().leader;
  }

  /** Runs a command on the host to its end; its status is for the caller to judge. */
  run(command: readonly string[], options?: RunOptions): Promise<CommandResult> {
    return runInside(this.leader, command, options);
  }

  /**
   * Runs a command on the host that has to succeed, and returns what it printed.
   *
   * @throws DiagnosticError "test-host-failed" with all that it said, when its status is not 0
   */
  async succeed(command: readonly string[], options?: RunOptions): Promise<string> {
    const result = await this.run(command, options);
    if (result.status !== 0) throw commandProblem(command, result);
    return result.stdout;
  }

  /**
   * Says where a path of the host is seen from this machine, while the host is on.
   *
   * A symbolic link on the way that is absolute leads to the files of this
   * machine: `readFile` and `writeFile` are safe from that.
   */
  path(path: string): string {
    return `/proc/${this.leader}/root${path}`;
  }

  /** Reads a file as text. */
  readFile(path: string): Promise<string> {
    return this.succeed(["cat", "--", path]);
  }

  /** Writes a file whose folders are made, too; what is there keeps its mode and owner, what is new belongs to root. */
  async writeFile(path: string, text: string | Uint8Array, mode?: number): Promise<void> {
    const script = 'mkdir -p -- "$(dirname -- "$1")" && cat > "$1" && if test -n "$2"; then chmod "$2" "$1"; fi';
    const octal = mode === undefined ? "" : mode.toString(8);
    await this.succeed(["sh", "-c", script, "sh", path, octal], { input: text });
  }

  /** Copies a file or folder of this machine to a path of the host, with modes, owners, times and links. */
  async copyIn(localPath: string, path: string): Promise<void> {
    await this.succeed(["mkdir", "-p", "--", dirname(path)]);
    await requireProgram([...copy, localPath, await this.#realPath(path)]);
  }

  /** Copies a file or folder of the host to a path of this machine, with modes, owners, times and links. */
  async copyOut(path: string, localPath: string): Promise<void> {
    await requireProgram([...copy, await this.#realPath(path), localPath]);
  }

  /** Keeps the disk as it is this moment; nothing on the host notices. */
  async snapshot(name: string): Promise<void> {
    const { id, disk } = this.#parts.plan;
    this.#on();
    await whileFrozen(id, () => keepSnapshot(disk, name));
  }

  /** Takes the power from the host, puts its disk back to a snapshot, and boots it. */
  async reset(name: string): Promise<void> {
    const { disk } = this.#parts.plan;
    // A host that cannot be reset stays as it is.
    requireSnapshot(disk, name);
    await this.#turnOff((machine) => machine.cutPower());
    await restoreSnapshot(disk, name);
    await this.#boot();
  }

  /** Shuts the host down and boots it. */
  async reboot(): Promise<void> {
    await this.#turnOff((machine) => machine.powerOff());
    await this.#boot();
  }

  /** Kills every process of the host at once, and boots it with the disk as they left it. */
  async powerCut(): Promise<void> {
    await this.#turnOff((machine) => machine.cutPower());
    await this.#boot();
  }

  /** Takes the power from the host and removes all of it. Does nothing when that was done. */
  async stop(): Promise<void> {
    if (this.#isGone) return;
    this.#isGone = true;
    // It is off already when it did not boot again.
    if (this.#machine !== undefined) await this.#turnOff((machine) => machine.cutPower());
    await this.#parts.release();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #on(): Machine {
    if (this.#machine !== undefined) return this.#machine;
    throw testHostProblem(`Cannot use the test host "${this.name}"`, { why: ["It is off"] });
  }

  async #turnOff(how: (machine: Machine) => Promise<void>): Promise<void> {
    const machine = this.#on();
    this.#machine = undefined;
    await how(machine);
  }

  async #boot(): Promise<void> {
    const machine = await this.#parts.boot();
    this.#machine = machine;
    try {
      await this.#waitUntilRunning();
    } catch (error) {
      this.#machine = undefined;
      await machine.cutPower();
      throw error;
    }
  }

  async #waitUntilRunning(): Promise<void> {
    const end = Date.now() + bootPatience;
    for (;;) {
      // Until systemd listens, there is nobody to wait for.
      const state = (
        await this.run(["systemctl", "is-system-running", "--wait"], { timeout: bootPatience })
      ).stdout.trim();
      if (state === "running" || state === "degraded") break;
      if (Date.now() > end)
        throw testHostProblem(`Cannot boot the test host "${this.name}"`, { why: [`It is "${state}"`] });
      await sleep(10);
    }
    const failed = await this.succeed(["systemctl", "list-units", "--failed", "--plain", "--no-legend", "--full"]);
    this.#failedUnits = failed
      .split("\n")
      .flatMap((line) => line.split(" ", 1))
      .filter((name) => name !== "");
  }

  async #realPath(path: string): Promise<string> {
    return this.path((await this.succeed(["realpath", "--canonicalize-missing", "--", path])).trimEnd());
  }
}

/** Makes the target be what the source is, also when both are folders. */
const copy = ["cp", "--archive", "--no-target-directory", "--"];
