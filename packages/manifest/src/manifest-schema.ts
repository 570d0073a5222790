import * as z from "zod";
import { checkFileName, checkHomePath, checkLinkTarget, checkPath } from "./managed-path.ts";
import { namePattern } from "./account-name.ts";
import type { Manifest } from "./manifest.ts";

/** Makes a text whose problem is a sentence. */
function textThat(problemOf: (text: string) => string | undefined): z.ZodString {
  return z.string().check(({ issues, value }) => {
    const message = problemOf(value);
    if (message !== undefined) issues.push({ code: "custom", input: value, message });
  });
}

const hash = z.string().regex(/^[0-9a-f]{64}$/, "A hash has 64 hexadecimal digits");
const mode = z.string().regex(/^[0-7]{4}$/, "A mode has four octal digits");
const account = z.string().regex(namePattern, "An account has a name, or a number");
const count = z.int().nonnegative();
const path = textThat(checkPath);
const homePath = textThat(checkHomePath);
const name = textThat(checkFileName);
const texts = z.array(z.string());

const file = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("link"), content: hash, executable: z.literal(true).exactOptional() }),
  z.strictObject({ kind: z.literal("file"), content: hash, mode, user: account, group: account }),
  z.strictObject({ kind: z.literal("profile"), tree: z.string(), folder: hash }),
  z.strictObject({ kind: z.literal("symlink"), target: textThat(checkLinkTarget) }),
]);
const directory = z.strictObject({ mode, user: account, group: account });
const hook = z.strictObject({ run: z.string(), undo: z.string().exactOptional(), onChange: texts });
const check = z.strictObject({ run: z.string(), timeout: count });

const packageName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9+._:@-]{0,199}$/, "A package has a name");
const packageVersion = z.string().regex(/^[A-Za-z0-9.+:~^_-]{1,200}$/, "A package has a version");
const packageInTree = z.strictObject({
  version: packageVersion,
  architecture: z.string().regex(/^[a-z0-9_-]+$/, "An architecture has a name"),
  content: hash,
  size: count,
  isAsked: z.boolean(),
});
const packages = z.strictObject({
  manager: z.string().regex(/^[a-z0-9-]+$/, "A package manager has a name"),
  set: z.record(packageName, packageInTree.extend({ file: name })),
});
const tree = z.strictObject({ folder: hash, packages: z.record(packageName, packageInTree) });

/** What a manifest is, down to the last field. */
export const manifestSchema: z.ZodType<Manifest> = z.strictObject({
  version: z.literal(1),
  host: name,
  files: z.record(path, file),
  directories: z.record(path, directory),
  users: z.record(
    account,
    z.strictObject({
      uid: count.exactOptional(),
      group: account,
      extraGroups: z.array(account),
      home: z.string(),
      shell: z.string(),
      description: z.string(),
      isSystem: z.boolean(),
      hashedPassword: z.string().exactOptional(),
      subIds: z.boolean(),
    }),
  ),
  groups: z.record(
    account,
    z.strictObject({ gid: count.exactOptional(), members: z.array(account), isSystem: z.boolean() }),
  ),
  homes: z.record(
    account,
    z.strictObject({
      files: z.record(homePath, file),
      directories: z.record(homePath, directory),
      hooks: z.record(z.string(), hook),
    }),
  ),
  packages: packages.exactOptional(),
  trees: z.record(z.string(), tree).exactOptional(),
  hooks: z.record(z.string(), hook),
  checks: z.strictObject({ before: z.record(z.string(), check), after: z.record(z.string(), check) }),
  takeOver: texts,
});
