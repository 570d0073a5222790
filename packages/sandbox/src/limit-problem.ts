import type { Diagnostic } from "@firn/diagnostic";

/** What an evaluation may use. */
export interface SandboxLimits {
  /** Milliseconds that each host may take. @default 60000 */
  readonly time?: number;
  /** Mebibytes of memory. @default 2048 */
  readonly memory?: number;
  /** Mebibytes of the text of an answer about one host. @default 64 */
  readonly answer?: number;
}

/** The limits where none are given. */
export const defaultLimits: Required<SandboxLimits> = { time: 60_000, memory: 2048, answer: 64 };

/** Explains that the evaluation of a host was stopped at a limit. */
export function limitReached(host: string, limit: keyof SandboxLimits, limits: Required<SandboxLimits>): Diagnostic {
  const amounts = {
    time: `it takes longer than ${limits.time / 1000} seconds`,
    memory: `it needs more than ${limits.memory} MiB of memory`,
    answer: `its configuration is longer than ${limits.answer} MiB`,
  };
  const fixes = {
    time: "Look for a loop that does not end in the modules that the host imports",
    memory: "Look for a list or a text that grows without end in the modules that the host imports",
    answer: "Look for a value that is far too large in the modules that the host imports",
  };
  return {
    code: "evaluation-limit",
    severity: "error",
    message: `Cannot evaluate the host "${host}": ${amounts[limit]}`,
    marks: [],
    why: ["A flake can import modules of others, so that evaluation has limits"],
    fix: fixes[limit],
  };
}

/** Explains that the process that evaluates ended for no reason that is known. */
export function sandboxBroke(host: string, detail: string): Diagnostic {
  return {
    code: "internal",
    severity: "error",
    message: `Cannot evaluate the host "${host}": this is a mistake in Firn`,
    marks: [],
    why: [detail.slice(0, 2000)],
    fix: "Report it, with the lines above and the command",
  };
}
