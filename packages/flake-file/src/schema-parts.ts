import { z } from "zod";
import type { CheckText, FieldProblem } from "./field-problem.ts";

/** Where a problem is marked, and what is said besides; travels with an issue of zod. */
export interface IssueAdvice extends Omit<FieldProblem, "problem"> {
  /** Whether the key is to blame and not its value. */
  readonly atKey?: boolean;
}

/** Makes the schema of a text from what is wrong with one. */
export function textWith(check: CheckText): z.ZodString {
  return z.string().superRefine((text, context) => {
    const found = check(text);
    if (found === undefined) return;
    const { problem, ...params } = found;
    context.addIssue({ code: "custom", message: problem, params });
  });
}

/** Runs a check whatever else is wrong, so that one run shows every problem. */
export const always: { readonly when: (payload: { readonly value: unknown }) => boolean } = {
  when: ({ value }) => isFields(value),
};

/** What is said of a name that an input cannot have. */
export const badName: IssueAdvice = {
  atKey: true,
  why: 'A name is letters, digits, "-" and "_", and starts with a letter',
};

/** Tells whether a value is a map of keys and values. */
export function isFields(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
