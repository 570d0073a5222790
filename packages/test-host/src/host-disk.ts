import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { requireProgram } from "./run-program.ts";
import { testHostProblem } from "./test-host-problem.ts";

/** The disk of a host: what differs from its base, and copies of that. */
export interface HostDisk {
  /** What the host has written: the upper layer. */
  readonly written: string;
  /** Room in which the file system prepares changes; of no worth once the host is off. */
  readonly scratch: string;
  /** Where both layers are seen as one, in the mount name space of the host alone. */
  readonly root: string;
  readonly snapshots: string;
}

/** Says where the parts of a disk are, and makes their folders. */
export function makeDisk(folder: string): HostDisk {
  const [written, scratch, root, snapshots] = ["written", "scratch", "root", "snapshots"].map((name) =>
    join(folder, name),
  ) as [string, string, string, string]; // As many as there are names.
  for (const path of [written, scratch, root, snapshots]) mkdirSync(path, { recursive: true });
  chmodSync(written, 0o755);
  return { written, scratch, root, snapshots };
}

/** What makes a host different from others of its base before it is first booted. */
export interface Identity {
  readonly name: string;
  readonly address: string;
  /** Public key that may log in as root. */
  readonly authorizedKey: string;
  /** Private and public key of the host itself. */
  readonly hostKey: { readonly secret: string; readonly open: string };
}

/** Writes the files that make a host different from others. */
export function writeIdentity({ written }: HostDisk, { name, address, authorizedKey, hostKey }: Identity): void {
  const write = (path: string, text: string, mode = 0o644): void => {
    writeFileSync(join(written, path), text);
    chmodSync(join(written, path), mode);
  };
  for (const folder of ["etc", "etc/ssh"]) mkdirSync(join(written, folder), { mode: 0o755, recursive: true });
  for (const folder of ["root", "root/.ssh"]) mkdirSync(join(written, folder), { mode: 0o700 });
  write("etc/hostname", `${name}\n`);
  write("etc/hosts", `127.0.0.1\tlocalhost\n${address}\t${name}\n`);
  // An empty one would do, too, but a missing one makes systemd enable all units.
  write("etc/machine-id", `${randomBytes(16).toString("hex")}\n`, 0o444);
  write("root/.ssh/authorized_keys", authorizedKey, 0o600);
  write("etc/ssh/ssh_host_ed25519_key", hostKey.secret, 0o600);
  write("etc/ssh/ssh_host_ed25519_key.pub", hostKey.open);
}

/** Keeps a copy of what a host has written, under a name. An earlier one of that name is replaced. */
export async function keepSnapshot({ written, snapshots }: HostDisk, name: string): Promise<void> {
  const path = join(snapshots, name);
  const unfinished = join(snapshots, `${name}.new`);
  rmSync(path, { recursive: true, force: true });
  await requireProgram([...copy, written, unfinished]);
  renameSync(unfinished, path);
}

/** Puts a copy in the place of what the host, which is off, has written since. */
export async function restoreSnapshot({ written, snapshots }: HostDisk, name: string): Promise<void> {
  rmSync(written, { recursive: true, force: true });
  await requireProgram([...copy, join(snapshots, name), written]);
}

/** @throws DiagnosticError "test-host-failed" when there is no such snapshot */
export function requireSnapshot({ snapshots }: HostDisk, name: string): void {
  if (existsSync(join(snapshots, name))) return;
  throw testHostProblem(`Cannot reset a test host to "${name}"`, {
    why: ["It has no snapshot of that name"],
    fix: `await host.snapshot("${name}")`,
  });
}

/** Copies hard links as such, and the marks that the file system of layers keeps as attributes. */
const copy = ["cp", "--archive", "--sparse=auto", "--reflink=auto", "--no-target-directory"];
