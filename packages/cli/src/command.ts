import type { FlagName, Flags } from "./flags.ts";
import type { Terminal } from "./terminal.ts";

/** Exit statuses that every command uses in the same sense. */
export const exitStatus = {
  done: 0,
  /** A problem in the configuration or the use; nothing was changed. */
  problem: 1,
  /** `plan` and `status` found differences. */
  differences: 2,
  /** The switch failed and went back. */
  reverted: 3,
  /** The machine is in neither state. */
  broken: 4,
} as const;

/** What a command is called with. */
export interface CommandCall {
  readonly positionals: readonly string[];
  /** What follows "--", for a command that runs another; empty where there is no "--". */
  readonly rest: readonly string[];
  readonly flags: Flags;
  readonly terminal: Terminal;
}

/** One command of firn. */
export interface Command {
  readonly name: string;
  /** Shown after the name: what it takes. */
  readonly usage: string;
  readonly flags: readonly FlagName[];
  /** Whether what follows "--" is a command that it runs; otherwise those are arguments like all others. @default false */
  readonly takesRest?: boolean;
  /** Whether it is for other programs, and not listed. */
  readonly hidden?: boolean;
  /** One sentence for the overview, without a full stop. */
  readonly summary: string;
  /** What the summary does not say, for `firn help COMMAND`. */
  readonly details: string;
  /** Loads what runs it; commands that are not called cost nothing. */
  load(): Promise<{ run(call: CommandCall): Promise<number> }>;
}
