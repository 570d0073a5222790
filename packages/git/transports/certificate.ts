import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a server shows, and the file that lets a client trust it. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** For the environment of git, as GIT_SSL_CAINFO. */
  readonly authorityPath: string;
}

/** Makes a certificate of this machine that vouches for itself, valid for a day, in a folder that is there. */
export function makeCertificate(folder: string): Certificate {
  const keyPath = join(folder, "key.pem");
  const authorityPath = join(folder, "authority.pem");
  const request = ["req", "-x509", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-addext", "subjectAltName=IP:127.0.0.1"];
  execFileSync("openssl", [...request, ...kind, "-keyout", keyPath, "-out", authorityPath], { stdio: "pipe" });
  return { key: readFileSync(keyPath, "utf8"), cert: readFileSync(authorityPath, "utf8"), authorityPath };
}
