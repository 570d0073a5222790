import { parseFlake } from "@firn/flake-file";
import type { Diagnostic } from "@firn/diagnostic";
import type { Lockfile } from "@firn/lock";
import { type Fetcher, lockInputs } from "@firn/resolve";

/** What Firn is to lock. */
export interface FirnTask {
  readonly flakeFile: string;
  readonly previous?: Lockfile;
  readonly update?: "all" | readonly string[];
  readonly fetcher: Fetcher;
  readonly overrides?: ReadonlyMap<string, string>;
}

/** A lock, or the errors why there is none. */
export interface FirnOutcome {
  readonly lock?: Lockfile;
  readonly errors: readonly Diagnostic[];
}

/** Locks the text of a flake.yaml. There are no folders beside it. */
export async function lockWithFirn({ flakeFile, ...task }: FirnTask): Promise<FirnOutcome> {
  const { manifest, diagnostics } = parseFlake(flakeFile, { file: "flake.yaml", role: "root" });
  const outcome = await lockInputs({
    manifest,
    ...task,
    local: { readTree: () => Promise.resolve({ diagnostics: [] }) },
  });
  const errors = [...diagnostics, ...outcome.diagnostics].filter(({ severity }) => severity === "error");
  return { ...(outcome.lock !== undefined && errors.length === 0 && { lock: outcome.lock }), errors };
}
