import type { Diagnostic } from "@firn/diagnostic";
import type { Definition } from "@firn/definition";
import type { NO_VALUE } from "./no-value.ts";

/** A problem found while merging; the site adds the option's path and declaration. */
export type MergeProblem = Pick<Diagnostic, "code" | "message" | "marks" | "why" | "fix" | "cause">;

/** Where a merge happens, and what it can ask of the evaluation around it. */
export interface MergeSite {
  /** Path of the option or member being merged. */
  readonly path: readonly string[];
  /** The site of a member: an attribute, a list element, a tag. */
  member(part: string): MergeSite;
  /** Unfolds the wrappers around definitions. */
  discharge(definitions: readonly Definition[]): readonly Definition[];
  /** Reports a problem; the value of the option is then NO_VALUE. */
  fail(problem: MergeProblem): typeof NO_VALUE;
  /** A site whose problems are thrown by `settle` instead, for merges that happen after evaluation. */
  detached(): DetachedSite;
  /** Evaluates modules at this path with the given definitions; gives their configuration. */
  instantiate(modules: unknown, definitions: readonly Definition[]): unknown;
}

/** A site that outlives the evaluation. */
export interface DetachedSite extends MergeSite {
  /** Throws what was reported, if anything was. */
  settle(): void;
}
