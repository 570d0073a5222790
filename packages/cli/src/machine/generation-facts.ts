import { spawnSync } from "node:child_process";
import type { Flake } from "@firn/loader";
import type { GenerationFacts } from "./run-switch.ts";

/** Says what is remembered of a generation: when, for which host, and the commit of the flake, with "+" when there were changes beyond it. */
export function factsOf(host: string, flake?: Flake): GenerationFacts {
  const commit = flake && commitOf(flake.root);
  return { host, time: new Date().toISOString(), ...(commit !== undefined && { commit }) };
}

function commitOf(folder: string): string | undefined {
  const ask = (...args: readonly string[]): string | undefined => {
    const { status, stdout } = spawnSync("git", ["-C", folder, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return status === 0 ? stdout.trim() : undefined;
  };
  const commit = ask("rev-parse", "HEAD");
  return commit === undefined || ask("status", "--porcelain", "--", ".") === "" ? commit : `${commit}+`;
}
