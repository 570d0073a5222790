import type { Diagnostic } from "@firn/diagnostic";
import { accountError } from "./account-problem.ts";
import type { DesiredAccounts, DesiredGroup, DesiredUser } from "./desired-accounts.ts";
import { isPasswordHash } from "./password-hash.ts";

/** What is wrong with one value: the option's name, what it is to be, and whether the value may be shown. */
interface Fault {
  readonly option: string;
  readonly why: string;
  readonly fix: string;
}

/**
 * Checks what is declared by itself: whatever the account files could not hold,
 * or would take for something else. Names that are there already may be such
 * as useradd would not make, "Debian-exim" for one.
 *
 * @returns problems with code "bad-account"
 */
export function checkDesired(
  { groups, users }: DesiredAccounts,
  existing: { readonly users: ReadonlySet<string>; readonly groups: ReadonlySet<string> },
): Diagnostic[] {
  return [
    ...Object.entries(users).flatMap(([name, user]) => [
      ...checkName("user", name, existing.users),
      ...faultsOfUser(name, user).map((fault) => describeFault({ what: "user", name, fault })),
    ]),
    ...Object.entries(groups).flatMap(([name, group]) => [
      ...checkName("group", name, existing.groups),
      ...faultsOfGroup(group).map((fault) => describeFault({ what: "group", name, fault })),
    ]),
  ];
}

/** Tells whether useradd(8) of Debian and systemd would both take a name. */
export function isAccountName(name: string): boolean {
  return /^[a-z_][a-z0-9_-]{0,30}\$?$/.test(name);
}

function checkName(what: "user" | "group", name: string, existing: ReadonlySet<string>): Diagnostic[] {
  if (isAccountName(name) || existing.has(name)) return [];
  return [
    accountError({
      optionPath: ["users", `${what}s`, name],
      message: `Cannot name a ${what} ${JSON.stringify(name)}`,
      why: ["A name starts with a lower-case letter or _, goes on with those, digits and -, and has 31 at the most"],
      fix: `Write another name: users.${what}s.NAME`,
    }),
  ];
}

function faultsOfUser(name: string, user: DesiredUser): Fault[] {
  const { description, expires, hashedPassword, uid } = user;
  const faults = [...faultsOfId("uid", uid), ...faultsOfPath("home", user.home), ...faultsOfPath("shell", user.shell)];
  if (!isField(description)) {
    faults.push({
      option: "description",
      why: "A colon stands between two fields, and a line is one user",
      fix: 'A text without ":"',
    });
  }
  if (name === "root" && uid !== undefined && uid !== 0) {
    faults.push({ option: "uid", why: "The system knows root by its uid 0", fix: "0, or leave it out" });
  }
  if (hashedPassword !== undefined && !isPasswordHash(hashedPassword)) {
    faults.push({
      option: "hashedPassword",
      why: "It does not look like a hash that crypt(5) knows; it is not shown here, in case it is the password",
      fix: 'What "mkpasswd" prints',
    });
  }
  if (expires !== undefined && !(Number.isInteger(expires) && expires >= 0)) {
    faults.push({ option: "expires", why: "A day is counted from 1970", fix: "A whole number from 0" });
  }
  return faults;
}

function faultsOfGroup({ gid }: DesiredGroup): Fault[] {
  return faultsOfId("gid", gid);
}

function faultsOfId(option: string, id: number | undefined): Fault[] {
  if (id === undefined || (Number.isInteger(id) && id >= 0 && id < 4_294_967_295 && id !== 65_535)) return [];
  const why = `${id} is none: ids go from 0 to 4294967294, and 65535 means "no one" to some system calls`;
  return [{ option, why, fix: "Another number, or leave it out" }];
}

function faultsOfPath(option: string, path: string): Fault[] {
  if (path.startsWith("/") && isField(path)) return [];
  const why = path.startsWith("/")
    ? "A colon stands between two fields, and a line is one user"
    : 'It does not start with "/"';
  return [{ option, why, fix: 'An absolute path without ":"' }];
}

/** Tells whether a field of the account files can hold a text. */
function isField(text: string): boolean {
  return !/[:\n\r\0]/.test(text);
}

function describeFault({ fault, name, what }: { fault: Fault; name: string; what: "user" | "group" }): Diagnostic {
  const { fix, option, why } = fault;
  return accountError({
    optionPath: ["users", `${what}s`, name, option],
    message: `Cannot use the ${option} that is declared for the ${what} ${JSON.stringify(name)}`,
    why: [why],
    fix: `${fix}: users.${what}s.${name}.${option}`,
  });
}
