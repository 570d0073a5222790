import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Program } from "../evaluate/measure.ts";

/** What a command was seen to do. */
export interface Trace {
  /** Programs that it started, by name, itself left out. */
  readonly started: readonly string[];
  /** Sockets that it opened; undefined without strace, which sees them. */
  readonly sockets: number | undefined;
}

/** Runs a command once and notes the programs that it starts and the sockets that it opens. */
export function trace(program: Program, folder: string): Trace {
  return isOnPath("strace") ? traceCalls(program, folder) : recordGit(program, folder);
}

function traceCalls({ command, cwd, environment }: Program, folder: string): Trace {
  const log = join(folder, "trace.txt");
  const words = ["-f", "-e", "trace=execve,socket,connect", "-o", log, "--", ...command];
  run("strace", words, { cwd, env: { ...process.env, ...environment } });
  const lines = readFileSync(log, "utf8").split("\n");
  // A call that another process interrupts ends on a line of its own, without its words.
  const started = lines.flatMap((line) => /execve\("([^"]*)".*(?:= 0|<unfinished \.\.\.>)$/.exec(line)?.[1] ?? []);
  return {
    started: started.slice(1).map((path) => path.slice(path.lastIndexOf("/") + 1)),
    sockets: lines.filter((line) => /\b(socket|connect)\(/.test(line)).length,
  };
}

/** Puts a program called git before all others, which writes a line and does nothing. */
function recordGit({ command: [name = "", ...words], cwd, environment }: Program, folder: string): Trace {
  const bin = join(folder, "recording");
  const log = join(folder, "started.txt");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "git"), `#!/bin/sh\necho git >> '${log}'\nexit 1\n`);
  chmodSync(join(bin, "git"), 0o755);
  rmSync(log, { force: true });
  run(name, words, { cwd, env: { ...process.env, ...environment, PATH: `${bin}:${process.env.PATH}` } });
  const started = existsSync(log) ? readFileSync(log, "utf8").split("\n").filter(Boolean) : [];
  return { started, sockets: undefined };
}

function run(name: string, words: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }): void {
  const { status, stderr } = spawnSync(name, words, { ...options, encoding: "utf8" });
  if (status !== 0) throw new Error(`Cannot trace "${name} ${words.join(" ")}": exit status ${status}\n${stderr}`);
}

/** Tells whether a program can be started by name. */
export function isOnPath(name: string): boolean {
  return (process.env.PATH ?? "").split(":").some((folder) => existsSync(join(folder, name)));
}
