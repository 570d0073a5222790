import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";

/** What a program said. */
export interface Said {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Texts of files by path. */
export type Files = Readonly<Record<string, string>>;

/** What is started. */
export interface StartOptions {
  /** Arguments of firn. */
  readonly args: readonly string[];
  /**
   * A program with arguments that starts firn, such as strace.
   *
   * @default []
   */
  readonly before?: readonly string[];
}

const workspace = join(import.meta.dirname, "../../..");
const firnCommand = join(workspace, "packages/cli/dist/firn.cjs");
const typeChecker = join(workspace, "node_modules/typescript/bin/tsc");

/** A machine of its own, as far as Firn and git can see: programs, a home, a cache, and folders. */
export class Machine {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;

  /** Machines of one cache share what was fetched, and nothing else. */
  constructor({ cache }: { readonly cache?: string } = {}) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), "firn-machine-")));
    this.environment = {
      PATH: `${this.path("bin")}:${process.env["PATH"] ?? ""}`,
      HOME: this.path("home"),
      XDG_CACHE_HOME: cache ?? this.path("cache"),
      GIT_CONFIG_NOSYSTEM: "1",
      // Commits have the same ids in every run, as far as no address is in what they hold.
      GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
      GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
      LC_ALL: "C",
      NO_COLOR: "1",
    };
    const identity = "[user]\n  name = Ada\n  email = ada@machine.example\n";
    this.write("home/.gitconfig", `${identity}[init]\n  defaultBranch = main\n[advice]\n  detachedHead = false\n`);
    this.program("firn", `exec '${process.execPath}' '${firnCommand}' "$@"`);
    this.program("tsc", `exec '${process.execPath}' '${typeChecker}' --pretty false "$@"`);
  }

  /** Gives the path of something on this machine. */
  path(below: string): string {
    return join(this.folder, below);
  }

  /** Puts a program before all others of its name. */
  program(name: string, script: string): void {
    this.write(`bin/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(this.path(`bin/${name}`), 0o755);
  }

  read(file: string): string {
    return readFileSync(this.path(file), "utf8");
  }

  /** Reads a file that may not be there. */
  find(file: string): string | undefined {
    return existsSync(this.path(file)) ? this.read(file) : undefined;
  }

  /** Writes a file, in its folder. */
  write(file: string, content: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), content);
  }

  writeAll(folder: string, files: Files): void {
    for (const [file, content] of Object.entries(files)) this.write(join(folder, file), content);
  }

  /** Runs a program in a folder until it ends. */
  run(folder: string, [program = "", ...args]: readonly string[], environment: Files = {}): Said {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: this.path(folder),
      env: { ...this.environment, ...environment },
      encoding: "utf8",
      timeout: 120_000,
    });
    return { status, out: stdout, err: stderr };
  }

  /** Runs firn until it ends. */
  firn(folder: string, ...args: readonly string[]): Said {
    return this.run(folder, [process.execPath, firnCommand, ...args]);
  }

  /** Runs firn while other things happen. Gives its exit status, and all that it says. */
  async runFirn(folder: string, ...args: readonly string[]): Promise<{ status: number | null; said: string }> {
    const options = { cwd: this.path(folder), env: { ...this.environment }, stdio: "pipe" } as const;
    const child = spawn(process.execPath, [firnCommand, ...args], options);
    const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended(child)]);
    return { status, said: `${out}${err}` };
  }

  /** Starts firn as the leader of a group of processes, by whose number all of them can be killed. */
  startFirn(folder: string, { args, before = [] }: StartOptions): ChildProcess {
    const [program = "", ...rest] = [...before, process.execPath, firnCommand, ...args];
    return spawn(program, rest, {
      cwd: this.path(folder),
      // Of several threads that write, each would count its own calls.
      env: { ...this.environment, UV_THREADPOOL_SIZE: before.length > 0 ? "1" : "4" },
      stdio: "ignore",
      detached: true,
    });
  }

  /** Runs a program that must succeed, and gives what it printed. */
  done(folder: string, ...words: readonly string[]): string {
    const { status, out, err } = words[0] === "firn" ? this.firn(folder, ...words.slice(1)) : this.run(folder, words);
    if (status !== 0) throw new Error(`${words.join(" ")} failed\n${out}${err}`);
    return out.trim();
  }

  /** Writes files into a repository, which is made when it is not there yet, and commits them. Gives the commit. */
  commit(folder: string, files: Files, { message = "Change", tag = "" } = {}): string {
    mkdirSync(this.path(folder), { recursive: true });
    if (!existsSync(this.path(`${folder}/.git`))) this.done(folder, "git", "init", "--quiet");
    this.writeAll(folder, files);
    this.done(folder, "git", "add", "--all");
    this.done(folder, "git", "commit", "--quiet", "--allow-empty", "--message", message);
    if (tag !== "") this.done(folder, "git", "tag", "--force", tag);
    return this.done(folder, "git", "rev-parse", "HEAD");
  }

  /** Gives a flake the engine of this workspace, as installing its dependencies would. */
  install(folder: string): void {
    mkdirSync(this.path(`${folder}/node_modules`), { recursive: true });
    const engine = {
      firn: "packages/firn",
      zod: "packages/option/node_modules/zod",
      "@firn/format": "packages/format",
      "@firn/unit": "packages/unit",
    };
    mkdirSync(this.path(`${folder}/node_modules/@firn`));
    for (const [name, from] of Object.entries(engine))
      symlinkSync(realpathSync(join(workspace, from)), this.path(`${folder}/node_modules/${name}`));
  }

  /** Removes all that is on it. */
  remove(): void {
    // What is laid out cannot be written to, which hinders nobody but root from removing it.
    spawnSync("chmod", ["-R", "u+w", this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits until a process is over. Gives its exit status, null when it was killed. */
export async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}
