import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { startDaemonProcess } from "./daemon-process.ts";
import { makeSshKey } from "./ssh-key.ts";
import type { TestServer } from "./test-server.ts";

/** Where Debian has it. It wants to be started by its whole path. */
const program = "/usr/sbin/sshd";

/** Where a server started as root locks itself in; Debian makes it only for its own service. */
const lockedIn = "/run/sshd";

/** A server for ssh. */
export interface SshServer extends TestServer {
  /** By which it is known: the kind of key, and the public half. */
  readonly hostKey: string;
}

/** Who is let in, and what it understands. */
export interface SshdOptions {
  /** Folder for its keys and its configuration, made if it is not there. */
  readonly scratch: string;
  /** Public halves of keys. */
  readonly authorizedKeys: readonly string[];
  /** Lets clients ask for the second version of git's protocol, as hosts of repositories do and plain servers do not. @default true */
  readonly acceptsProtocol?: boolean;
}

/** Tells whether there is a server for ssh on this machine. */
export function hasSshd(): boolean {
  return existsSync(program);
}

/**
 * Serves all folders of this machine by ssh, to this user alone. Its address is
 * that of the folder given.
 */
export async function startSshd(
  folder: string,
  { scratch, authorizedKeys, acceptsProtocol = true }: SshdOptions,
): Promise<SshServer> {
  mkdirSync(scratch, { recursive: true });
  const keyPath = join(scratch, "host-key");
  const hostKey = makeSshKey(keyPath).split(" ").slice(0, 2).join(" ");
  const authorized = join(scratch, "authorized-keys");
  writeFileSync(authorized, authorizedKeys.map((key) => `${key}\n`).join(""), { mode: 0o600 });
  const config = join(scratch, "sshd-config");
  writeFileSync(config, renderConfiguration({ keyPath, authorized, acceptsProtocol }));
  if (userInfo().uid === 0) mkdirSync(lockedIn, { recursive: true, mode: 0o755 });
  const daemon = await startDaemonProcess({
    program,
    args: (port) => ["-D", "-e", "-f", config, "-o", `ListenAddress=127.0.0.1:${port}`],
  });
  return {
    url: `ssh://${userInfo().username}@127.0.0.1:${daemon.port}${folder}`,
    hostKey,
    close: () => daemon.stop(),
  };
}

function renderConfiguration(given: { keyPath: string; authorized: string; acceptsProtocol: boolean }): string {
  return `HostKey ${given.keyPath}
AuthorizedKeysFile ${given.authorized}
PidFile none
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
LogLevel ERROR
${given.acceptsProtocol ? "AcceptEnv GIT_PROTOCOL\n" : ""}`;
}
