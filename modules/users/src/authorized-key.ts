import { concealed, explainedStr } from "@modules/explained-types";
import type { OptionType } from "firn";

const algorithms = [
  "ssh-ed25519",
  "ssh-rsa",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "sk-ssh-ed25519@openssh.com",
  "sk-ecdsa-sha2-nistp256@openssh.com",
].flatMap((name) => [name, `${name.replace(/@openssh\.com$/, "")}-cert-v01@openssh.com`]);

const keyOption = String.raw`[A-Za-z0-9-]+(?:="(?:[^"\\]|\\.)*")?`;

/** Options, each with a value in quotes or none, before the key: sshd(8), "AUTHORIZED_KEYS FILE FORMAT". */
const leadingOptions = new RegExp(`^${keyOption}(?:,${keyOption})*\\s+(?=\\S)`);

/** A line of an authorized_keys file. Problems never show it, since what is pasted may be a private key. */
export const authorizedKey: OptionType<string> = concealed(
  explainedStr({ description: "SSH public key", check: checkKey }),
);

function checkKey(line: string): string | undefined {
  if (line.includes("PRIVATE KEY")) return "This is a private key; the public one is in the file that ends with .pub";
  if (/[\r\n\0]/.test(line)) return "A key is one line";
  const key = startsWithAlgorithm(line) ? line : line.replace(leadingOptions, "");
  const [algorithm = "", blob = ""] = key.trim().split(/\s+/);
  if (!algorithms.includes(algorithm)) {
    return `A key starts with its algorithm, one of ${algorithms.filter((name) => !name.includes("@")).join(", ")}`;
  }
  return checkBlob(algorithm, blob);
}

function startsWithAlgorithm(line: string): boolean {
  return algorithms.includes(line.trim().split(/\s+/)[0] ?? "");
}

/** Checks that a key is whole: fields, each after its length in four bytes, the first of them the algorithm. */
function checkBlob(algorithm: string, blob: string): string | undefined {
  const bytes = decodeBase64(blob);
  if (bytes === undefined) return "The key is not written in base64";
  const fields = splitFields(bytes);
  if (fields === undefined || fields.length < 2) return "The key is cut off";
  const [first = []] = fields;
  const named = String.fromCharCode(...first);
  return named === algorithm ? undefined : `The key says ${JSON.stringify(named)} of itself`;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Decodes base64; the language has no function for it where modules are evaluated. */
function decodeBase64(text: string): number[] | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const character of text.replace(/=+$/, "")) {
    bits = ((bits << 6) | alphabet.indexOf(character)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 0xff);
  }
  return bytes;
}

function splitFields(bytes: readonly number[]): number[][] | undefined {
  const fields: number[][] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = bytes.slice(at, at + 4).reduce((sum, byte) => sum * 256 + byte, 0);
    const end = at + 4 + length;
    if (at + 4 > bytes.length || end > bytes.length) return undefined;
    fields.push(bytes.slice(at + 4, end));
    at = end;
  }
  return fields;
}
