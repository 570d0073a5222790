import { isInputName } from "@firn/input";
import { ownSource } from "@firn/package-manager";
import { z } from "zod";
import type { CheckText } from "./field-problem.ts";
import { inputFieldNames } from "./flake-schema.ts";
import { always, badName, type IssueAdvice, textWith } from "./schema-parts.ts";
import { checkAddress, checkKey, checkKeyring, checkMoment, checkSuite, checkWord } from "./source-checks.ts";

/** One entry below `inputs` that is a source of packages, as written. */
export interface RawSource {
  readonly apt: string;
  readonly suites: readonly string[];
  readonly components?: readonly string[] | undefined;
  readonly architectures?: readonly string[] | undefined;
  readonly keys: readonly string[];
  readonly keyring?: string | undefined;
  readonly snapshot?: string | undefined;
  readonly mirrors?: readonly string[] | undefined;
  readonly onRequest?: boolean | undefined;
}

/** Sources by the name of the input. */
export type RawSources = Readonly<Record<string, RawSource>>;

function listWith(check: CheckText, example: string): z.ZodType<readonly string[]> {
  const advice: IssueAdvice = { fix: example };
  return z.array(textWith(check)).superRefine((texts, context) => {
    if (texts.length === 0) context.addIssue({ code: "custom", message: "it is empty", params: advice });
    for (const [index, text] of texts.entries()) {
      if (texts.indexOf(text) < index)
        context.addIssue({ code: "custom", message: "it stands there twice", path: [index] });
    }
  });
}

const suites = listWith(checkSuite, "suites: [bookworm]");

const keys = listWith(checkKey, "keys: [B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8]");

/** What a source must have; a missing one is told at the name of the input. */
const needed = {
  suites: {
    why: "A suite is a folder below dists/ of the archive, such as bookworm or bookworm-security",
    fix: "suites: [bookworm]",
  },
  keys: {
    why: "Only a list of packages that one of these keys has signed is believed",
    fix: "keys: [B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8], the fingerprints that gpg --show-keys KEYRING prints",
  },
} as const;

const sourceFields = {
  apt: textWith(checkAddress),
  suites: suites.optional(),
  components: listWith(checkWord, "components: [main]").optional(),
  architectures: listWith(checkWord, "architectures: [amd64]").optional(),
  keys: keys.optional(),
  keyring: textWith(checkKeyring).optional(),
  snapshot: textWith(checkMoment).optional(),
  mirrors: z.array(textWith(checkAddress)).optional(),
  onRequest: z.boolean().optional(),
};

/** Names of the fields of a source, in the order in which they are written. */
export const sourceFieldNames: readonly string[] = Object.keys(sourceFields);

/** Fields that make an entry an input of another kind. */
const foreign = inputFieldNames.filter((name) => !sourceFieldNames.includes(name));

const source = z
  .strictObject({ ...sourceFields, ...Object.fromEntries(foreign.map((name) => [name, z.unknown().optional()])) })
  .superRefine((fields, context) => {
    for (const name of foreign.filter((each) => Object.hasOwn(fields, each))) {
      const params: IssueAdvice = { atKey: true, fix: `Remove "apt" or "${name}"` };
      context.addIssue({ code: "custom", message: '"apt" is given, which excludes it', path: [name], params });
    }
    const isMisspelt = context.issues.some(({ code }) => code === "unrecognized_keys");
    for (const [name, advice] of isMisspelt ? [] : Object.entries(needed)) {
      if (Object.hasOwn(fields, name)) continue;
      const params: IssueAdvice = { atKey: true, ...advice };
      context.addIssue({ code: "custom", message: `it has no "${name}"`, params });
    }
  }, always);

/** What the sources of a flake.yaml must be; the messages of its custom issues are the ends of sentences. */
export const sourcesSchema: z.ZodType<RawSources> = z.record(z.string(), source).superRefine((sources, context) => {
  for (const name of Object.keys(sources).filter((each) => !isInputName(each))) {
    context.addIssue({ code: "custom", message: "it is not a name", path: [name], params: badName });
  }
  if (Object.hasOwn(sources, ownSource)) {
    const params: IssueAdvice = { atKey: true, why: "The lock calls packages so that a flake makes itself" };
    context.addIssue({ code: "custom", message: "no source of packages can be called so", path: [ownSource], params });
  }
}, always) as z.ZodType<RawSources>; // What must be there is checked above, where it can be told well.
