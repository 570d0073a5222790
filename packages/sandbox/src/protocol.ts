import type { Diagnostic } from "@firn/diagnostic";

// What the process that evaluates is asked and what it answers, as JSON. The
// answer is written where host code ran: whoever reads it trusts nothing of it.

/** One host of a bundle. */
export interface HostToEvaluate {
  readonly name: string;
  /** The part of the bundle that exports it. */
  readonly chunk: string;
}

/** What is asked about each host, beside its problems. */
export type Question =
  | { readonly kind: "problems" }
  | { readonly kind: "value"; readonly path: readonly string[] }
  | { readonly kind: "explain"; readonly path: readonly string[]; readonly depth: number }
  | { readonly kind: "options" }
  /** The whole configuration, and where the members of some options are defined; "*" in a path is every member. */
  | { readonly kind: "members"; readonly paths: readonly (readonly string[])[] };

/** What the value at a path is. */
export interface ValueAnswer {
  /** The value as JSON text; missing when there is none. */
  readonly json?: string;
  /** Why it cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
  /** All option paths, where there is nothing at the path. */
  readonly known?: readonly string[];
  /** The whole configuration as JSON text, where the host has no problem. */
  readonly whole?: string;
}
