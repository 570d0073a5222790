import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { makeSshKey } from "./ssh-key.ts";

/** A user's ssh: what it trusts, and an agent with keys. */
export interface SshClient {
  /** Lets the user in where it is authorized. */
  readonly publicKey: string;
  /** Variables by which git reaches this ssh and its agent. */
  readonly environment: Readonly<Record<string, string>>;
  /** Notes the key of the host of an address. What is noted of that host already counts no more. */
  trust(url: string, hostKey: string): void;
  /** Forgets all hosts. */
  forget(): void;
  close(): Promise<void>;
}

/**
 * Makes a user's ssh in a folder, with an agent that holds one new key.
 *
 * The real ssh looks for its files in the home of the account, whatever HOME
 * says; so one stands before it in PATH that tells it of other files.
 */
export async function startSshClient(folder: string): Promise<SshClient> {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const knownHosts = join(folder, "known-hosts");
  const config = join(folder, "config");
  const hosts = new Map<string, string>();
  const trust = (url: string, hostKey: string): void => {
    hosts.set(new URL(url).port, hostKey);
    const lines = [...hosts].map(([port, key]) => `[127.0.0.1]:${port} ${key}\n`);
    writeFileSync(knownHosts, lines.join(""));
  };
  writeFileSync(config, `UserKnownHostsFile ${knownHosts}\nGlobalKnownHostsFile none\nIdentityFile none\n`);
  const real = execFileSync("sh", ["-c", "command -v ssh"], { encoding: "utf8" }).trim();
  writeFileSync(join(bin, "ssh"), `#!/bin/sh\nexec '${real}' -F '${config}' "$@"\n`);
  chmodSync(join(bin, "ssh"), 0o755);
  const key = join(folder, "key");
  const publicKey = makeSshKey(key);
  const socket = join(folder, "agent");
  const agent = await startAgent(socket);
  execFileSync("ssh-add", ["-q", key], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: "pipe" });
  return {
    publicKey,
    environment: { PATH: `${bin}:${process.env["PATH"] ?? ""}`, SSH_AUTH_SOCK: socket },
    trust,
    forget: () => rmSync(knownHosts, { force: true }),
    close: () => stop(agent),
  };
}

async function startAgent(socket: string): Promise<ChildProcess> {
  const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
  await once(agent, "spawn");
  while (!existsSync(socket)) {
    if (agent.exitCode !== null) throw new Error(`ssh-agent ended with ${agent.exitCode}`);
    await delay(10);
  }
  return agent;
}

async function stop(agent: ChildProcess): Promise<void> {
  if (agent.exitCode !== null || agent.signalCode !== null) return;
  const ended = once(agent, "exit");
  agent.kill();
  await ended;
}
