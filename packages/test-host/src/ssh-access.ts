import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { requireProgram } from "./run-program.ts";

/** What a client needs to log in to a host, and to know that it is that host. */
export interface SshAccess {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** Path of the private key, on this machine. */
  readonly keyFile: string;
  readonly knownHostsFile: string;
}

/** The keys of a host, and of the one who may log in. */
export interface SshKeys {
  readonly access: SshAccess;
  readonly authorizedKey: string;
  readonly hostKey: { readonly secret: string; readonly open: string };
}

/** Makes keys for a host at an address, and keeps in a folder what a client needs. */
export async function makeSshKeys(folder: string, address: string): Promise<SshKeys> {
  const make = async (name: string, comment: string): Promise<string> => {
    const path = join(folder, name);
    await requireProgram(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", path]);
    return path;
  };
  const [keyFile, hostKey] = await Promise.all([make("key", "test"), make("host-key", "host")]);
  const open = readFileSync(`${hostKey}.pub`, "utf8");
  const knownHostsFile = join(folder, "known-hosts");
  writeFileSync(knownHostsFile, `${address} ${open}`);
  return {
    access: { address, port: 22, user: "root", keyFile, knownHostsFile },
    authorizedKey: readFileSync(`${keyFile}.pub`, "utf8"),
    hostKey: { secret: readFileSync(hostKey, "utf8"), open },
  };
}
