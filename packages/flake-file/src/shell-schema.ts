import { isInputName } from "@firn/input";
import { parsePackageRequest } from "@firn/package-manager";
import { z } from "zod";
import type { CheckText } from "./field-problem.ts";
import { always, badName, type IssueAdvice, textWith } from "./schema-parts.ts";
import { checkWord } from "./source-checks.ts";

/** One entry below `shells`, as written. */
export interface RawShell {
  readonly packages: readonly string[];
  readonly sources?: readonly string[] | undefined;
  readonly architectures?: readonly string[] | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** Shells by their names. */
export type RawShells = Readonly<Record<string, RawShell>>;

const checkPackage: CheckText = (text) =>
  parsePackageRequest(text) === undefined
    ? {
        problem: "it names no package",
        why: 'A package is written "jq", "jq/backports" from the source of that name, or "jq=1.6-2.1" in that version',
      }
    : undefined;

const checkVariable: CheckText = (text) =>
  /^[A-Za-z_]\w*$/.test(text) ? undefined : { problem: "it is not the name of a variable" };

const checkValue: CheckText = (text) =>
  text.includes("\0") ? { problem: "it has a character that no variable can have" } : undefined;

const shellFields = {
  packages: z.array(textWith(checkPackage)).optional(),
  sources: z.array(z.string()).optional(),
  architectures: z.array(textWith(checkWord)).optional(),
  environment: z
    .record(z.string(), textWith(checkValue))
    .superRefine((variables, context) => {
      for (const name of Object.keys(variables)) {
        const found = checkVariable(name);
        if (found !== undefined)
          context.addIssue({ code: "custom", message: found.problem, path: [name], params: { atKey: true } });
      }
    }, always)
    .optional(),
};

/** Names of the fields of a shell, in the order in which they are written. */
export const shellFieldNames: readonly string[] = Object.keys(shellFields);

const shell = z.strictObject(shellFields).superRefine((fields, context) => {
  const isMisspelt = context.issues.some(({ code }) => code === "unrecognized_keys");
  if (isMisspelt || Object.hasOwn(fields, "packages")) return;
  const params: IssueAdvice = { atKey: true, fix: "packages: [jq]" };
  context.addIssue({ code: "custom", message: 'it has no "packages"', params });
}, always);

/** What the shells of a flake.yaml must be; the messages of its custom issues are the ends of sentences. */
export const shellsSchema: z.ZodType<RawShells> = z.record(z.string(), shell).superRefine((shells, context) => {
  for (const name of Object.keys(shells).filter((each) => !isInputName(each))) {
    context.addIssue({ code: "custom", message: "it is not a name", path: [name], params: badName });
  }
}, always) as z.ZodType<RawShells>; // What must be there is checked above, where it can be told well.
