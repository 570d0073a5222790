import { isInputName, type Transport } from "@firn/input";
import { z } from "zod";
import { asksForSomething, findFieldClashes } from "./field-clash.ts";
import { checkShown, checkVersion, textChecks } from "./field-problem.ts";
import { checkRegistry } from "./source-checks.ts";
import { always, badName, isFields, type IssueAdvice, textWith } from "./schema-parts.ts";
import { type RawShells, shellsSchema } from "./shell-schema.ts";

/** One entry below `inputs`, as written. */
export interface RawInput {
  readonly git?: string | undefined;
  readonly path?: string | undefined;
  readonly semver?: string | undefined;
  readonly ref?: string | undefined;
  readonly rev?: string | undefined;
  readonly dir?: string | undefined;
  readonly tagPrefix?: string | undefined;
  readonly submodules?: boolean | undefined;
  readonly flake?: boolean | undefined;
  readonly mirrors?: readonly string[] | undefined;
  readonly follows?: string | undefined;
  readonly inputs?: RawInputs | null | undefined;
}

/** Entries by the name of the input. */
export type RawInputs = Readonly<Record<string, RawInput>>;

/** A flake.yaml, as written. */
export interface RawFlake {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly transports?: readonly Transport[] | undefined;
  readonly inputs?: RawInputs | null | undefined;
  readonly devInputs?: RawInputs | null | undefined;
  readonly caches?: readonly string[] | undefined;
  readonly shells?: RawShells | null | undefined;
  readonly retracted?: readonly string[] | undefined;
}

const inputFields = {
  git: textWith(textChecks.git).optional(),
  path: textWith(textChecks.path).optional(),
  semver: textWith(textChecks.semver).optional(),
  ref: textWith(textChecks.ref).optional(),
  rev: textWith(textChecks.rev).optional(),
  dir: textWith(textChecks.dir).optional(),
  tagPrefix: textWith(textChecks.tagPrefix).optional(),
  submodules: z.boolean().optional(),
  flake: z.boolean().optional(),
  mirrors: z.array(textWith(textChecks.git)).optional(),
  follows: textWith(textChecks.follows).optional(),
};

/** Names of the fields of an input, in the order in which they are written. */
export const inputFieldNames: readonly string[] = [...Object.keys(inputFields), "inputs"];

/**
 * @param isOverride whether the entries replace inputs of an input; those may only lead to deeper ones
 * @param kinds fields of which an entry has one
 */
function inputsOf(isOverride: boolean, kinds = "git, path and follows"): z.ZodType<RawInputs> {
  const input: z.ZodType<RawInput> = z
    .strictObject({ ...inputFields, inputs: z.lazy(() => overrides).nullish() })
    .superRefine((fields, context) => {
      for (const { problem, path, ...params } of findFieldClashes(fields)) {
        context.addIssue({ code: "custom", message: problem, path: [...path], params: { atKey: true, ...params } });
      }
      const isMisspelt = context.issues.some(({ code }) => code === "unrecognized_keys");
      const isAsked = asksForSomething(fields) || (isOverride && Object.hasOwn(fields, "inputs"));
      if (isAsked || isMisspelt) return;
      context.addIssue({ code: "custom", message: `it has none of ${kinds}`, params: asksNothing });
    }, always);
  return z.record(z.string(), input).superRefine((inputs, context) => {
    for (const name of Object.keys(inputs).filter((each) => !isInputName(each))) {
      context.addIssue({ code: "custom", message: "it is not a name", path: [name], params: badName });
    }
  }, always);
}

const asksNothing: IssueAdvice = { atKey: true, fix: "git: https://git.example/repository" };

const overrides: z.ZodType<RawInputs> = inputsOf(true);

const flakeFields = {
  name: textWith(checkShown).optional(),
  description: textWith(checkShown).optional(),
  transports: z.array(z.enum(["https", "ssh", "git", "http", "file"])).optional(),
  inputs: inputsOf(false, "git, path, follows and apt").nullish(),
  devInputs: inputsOf(false).nullish(),
  caches: z.array(textWith(checkRegistry)).optional(),
  shells: shellsSchema.nullish(),
  retracted: z.array(textWith(checkVersion)).optional(),
};

/** Names of the keys of a flake.yaml, in the order in which they are written. */
export const flakeKeys: readonly string[] = Object.keys(flakeFields);

/** What a flake.yaml must be; the messages of its custom issues are the ends of sentences. */
export const flakeSchema: z.ZodType<RawFlake> = z
  .strictObject(flakeFields)
  .superRefine(({ inputs, devInputs }, context) => {
    if (!isFields(inputs) || !isFields(devInputs)) return;
    for (const name of Object.keys(devInputs ?? {}).filter((each) => Object.hasOwn(inputs ?? {}, each))) {
      context.addIssue({ code: "custom", message: 'it is in "inputs" too', path: ["devInputs", name], params: twice });
    }
  }, always);

const twice: IssueAdvice = { atKey: true, why: "An input of devInputs is one that only this flake needs" };
