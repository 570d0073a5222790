import { execFileSync } from "node:child_process";

/** Says in which folder git keeps its programs, servers among them. */
export function gitPrograms(): string {
  return execFileSync("git", ["--exec-path"], { encoding: "utf8" }).trim();
}
