import { defaultLimits, type InputLimits } from "@firn/input";
import type { GitTimeouts } from "./run-git.ts";

/** What goes on while a repository is asked, for whoever waits. */
export interface GitProgress {
  /** The address, without tokens. */
  readonly url: string;
  readonly stage: "list" | "fetch" | "wait";
  /** The last that git said, or what is waited for. */
  readonly text: string;
}

/** How to reach repositories. */
export interface GitOptions {
  /** Folder that may be removed at any time when nobody uses it. Made if it is not there. */
  readonly cacheDirectory: string;
  /** The environment of the process, of which git gets a fixed few variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How long git may take, in milliseconds. @default a minute of silence, ten minutes in all */
  readonly timeouts?: Partial<GitTimeouts>;
  /** What an input may be at most. */
  readonly limits?: InputLimits;
  /** Repositories asked at once. @default 8 */
  readonly concurrency?: number;
  readonly onProgress?: (event: GitProgress) => void;
}

/** Options with their defaults in place. */
export type GitSettings = Required<Omit<GitOptions, "timeouts">> & { readonly timeouts: GitTimeouts };

/** Puts the defaults in place of what is not given. */
export function gitSettings(options: GitOptions): GitSettings {
  return {
    limits: defaultLimits,
    concurrency: 8,
    onProgress: () => {},
    ...options,
    timeouts: { idle: 60_000, total: 600_000, ...options.timeouts },
  };
}
