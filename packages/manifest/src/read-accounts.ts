import * as z from "zod";
import { checkAccount, checkAccountName } from "./account-name.ts";
import type { ManagedGroup, ManagedUser } from "./manifest.ts";
import type { ManifestReading } from "./manifest-reading.ts";

const id = z.int().min(0).max(4_294_967_294).nullable().default(null);
const names = z.array(z.string()).default([]);
const isSystem = z.boolean().default(false);
// oxlint-disable-next-line no-control-regex -- That is what is refused.
const field = z.string().regex(/^[^:\u0000-\u001f\u007f]*$/, "A field of passwd has neither colons nor newlines");
const path = field.regex(/^\//, 'An absolute path starts with "/"');
const userOption = z.object({
  uid: id,
  group: z.string(),
  extraGroups: names,
  home: path,
  shell: path,
  description: field.default(""),
  isSystem,
  hashedPassword: field.nullable().default(null),
  subIds: z.boolean().default(false),
});
const groupOption = z.object({ gid: id, members: names, isSystem });

/** Reads `users.users`. */
export function readUsers(reading: ManifestReading): { [name: string]: ManagedUser } {
  const members = reading.members(["users", "users"], userOption).flatMap(({ name, option, value }) => {
    const { extraGroups, group, hashedPassword, uid, ...rest } = value;
    const problem = checkAccountName(name) ?? problemOfNames([group, ...extraGroups]);
    if (problem !== undefined) return reading.refuse(option, { problem });
    reading.enter(`user ${name}`, option);
    const user: ManagedUser = {
      ...rest,
      group,
      extraGroups: sortedNames(extraGroups),
      ...(uid !== null && { uid }),
      ...(hashedPassword !== null && { hashedPassword }),
    };
    return [[name, user] as const];
  });
  return Object.fromEntries(members);
}

/** Reads `users.groups`. */
export function readGroups(reading: ManifestReading): { [name: string]: ManagedGroup } {
  const members = reading.members(["users", "groups"], groupOption).flatMap(({ name, option, value }) => {
    const { gid, members: users, ...rest } = value;
    const problem = checkAccountName(name) ?? problemOfNames(users);
    if (problem !== undefined) return reading.refuse(option, { problem });
    reading.enter(`group ${name}`, option);
    return [[name, { ...rest, members: sortedNames(users), ...(gid !== null && { gid }) }] as const];
  });
  return Object.fromEntries(members);
}

function problemOfNames(given: readonly string[]): string | undefined {
  return given.flatMap((name) => checkAccount(name) ?? []).at(0);
}

/** Their order means nothing: the manifest is to be the same for every one. */
function sortedNames(given: readonly string[]): string[] {
  return [...new Set(given)].toSorted();
}
