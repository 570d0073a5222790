import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Makes a key for ssh without a passphrase, beside its public half. Gives that half's text. */
export function makeSshKey(path: string): string {
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", path], { stdio: "pipe" });
  return readFileSync(`${path}.pub`, "utf8").trim();
}
