import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listFingerprints, renderBinaryKeyring } from "./key-fingerprints.ts";
import { programPath, runProgram } from "./run-program.ts";
import { findSignedText } from "./signed-text.ts";

/** A signed file, and who may have signed it. */
export interface SignedFile {
  readonly bytes: Buffer;
  /** Fingerprints of primary keys, upper case. */
  readonly keys: readonly string[];
  /** File that has the keys; missing: the keyrings of this machine are searched. */
  readonly keyring?: string | undefined;
  /** Whether a key may have expired since. */
  readonly isOld: boolean;
}

/** The text that was signed, or why nobody can be sure of it. */
export type VerifiedText = { readonly text: string } | { readonly problem: string; readonly fix?: string };

/** Where the work is done. */
export interface Workplace {
  /** An empty folder. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Checks with gpgv that one of the keys has signed a file, and no other signature is bad. */
export async function verifyRelease(file: SignedFile, workplace: Workplace): Promise<VerifiedText> {
  if (findSignedText(file.bytes.toString()) === undefined)
    return { problem: "it is not a signed list: there is something before, in, or after what was signed" };
  const keyrings = findKeyrings(file);
  if ("problem" in keyrings) return keyrings;
  const { folder, environment } = workplace;
  const output = join(folder, "Release");
  writeFileSync(join(folder, "InRelease"), file.bytes);
  // Names are relative: what stands before a colon would be taken for the kind of a keyring.
  const args = ["--homedir", ".", "--status-fd", "1", "--output", "Release"];
  for (const [count, keyring] of keyrings.found.entries()) {
    writeFileSync(join(folder, `${count}.gpg`), keyring);
    args.push("--keyring", `./${count}.gpg`);
  }
  const run = {
    args: [...args, "InRelease"],
    folder,
    environment: { PATH: programPath(environment), LC_ALL: "C", HOME: folder },
  };
  const said = await runProgram("gpgv", run);
  if (said === undefined)
    return { problem: "there is no gpgv on this machine to check who signed it", fix: "apt-get install gpgv" };
  const problem = judge(said.stdout.toString(), file);
  if (problem !== undefined) return { problem };
  // Only what gpgv wrote is what was signed.
  return existsSync(output) ? { text: readFileSync(output, "utf8") } : { problem: "gpgv found nothing in it" };
}

const keyringFolders = ["/usr/share/keyrings", "/etc/apt/keyrings", "/etc/apt/trusted.gpg.d"];

type FoundKeyrings = { readonly found: readonly Buffer[] } | { readonly problem: string; readonly fix?: string };

function findKeyrings({ keyring, keys }: SignedFile): FoundKeyrings {
  const names = keys.map((key) => `"${key}"`).join(", ");
  const files = keyring === undefined ? listKeyrings() : [keyring];
  if (keyring !== undefined && !existsSync(keyring)) return { problem: `the keyring "${keyring}" is not there` };
  const found = files
    .map((file) => renderBinaryKeyring(readFileSync(file)))
    .filter((bytes) => listFingerprints(bytes).some((fingerprint) => keys.includes(fingerprint)));
  if (found.length > 0) return { found };
  return keyring === undefined
    ? {
        problem: `no keyring of this machine has the key ${names}`,
        fix: "Put the file with the key into the flake, and name it: keyring: keys/debian.gpg",
      }
    : { problem: `the keyring "${keyring}" does not have the key ${names}` };
}

function listKeyrings(): string[] {
  return keyringFolders.flatMap((folder) => {
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder).filter((name) => /\.(?:gpg|pgp|asc)$/.test(name));
    return names.toSorted().map((name) => join(folder, name));
  });
}

/**
 * Judges by the status lines alone: the exit status of gpgv is not 0 as soon as
 * one of several signatures is by an unknown key, as it is with Debian's lists.
 *
 * @returns what is wrong
 */
function judge(status: string, { isOld, keys }: SignedFile): string | undefined {
  const lines = status.split("\n").map((line) => line.replace("[GNUPG:] ", "").split(" "));
  const has = (name: string): boolean => lines.some(([first]) => first === name);
  if (has("BADSIG")) return "it was changed after it was signed";
  let isGood = false;
  const signers: string[] = [];
  for (const line of lines) {
    if (["NEWSIG", "ERRSIG", "EXPSIG", "REVKEYSIG"].includes(line[0] ?? "")) isGood = false;
    if (line[0] === "GOODSIG" || (isOld && line[0] === "EXPKEYSIG")) isGood = true;
    // The last word is the fingerprint of the primary key; the first is that of the key that signed.
    if (line[0] === "VALIDSIG" && isGood) signers.push(line.at(-1) ?? "");
  }
  if (signers.some((signer) => keys.includes(signer))) return undefined;
  if (has("EXPKEYSIG")) return "the key that signed it has expired";
  if (has("REVKEYSIG")) return "the key that signed it was revoked";
  const others = lines.flatMap(([name, key = ""]) => (name === "ERRSIG" || name === "GOODSIG" ? [`"${key}"`] : []));
  return others.length === 0
    ? "nobody has signed it"
    : `it is signed by ${others.join(", ")}, and by none of ${keys.map((key) => `"${key}"`).join(", ")}`;
}
