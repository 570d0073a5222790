import { realpathSync, statSync } from "node:fs";
import { type UserInfo, userInfo } from "node:os";
import { type Scope, systemState, userState } from "@firn/plan";
import { failureCodeOf, hostAccessFailure } from "./host-access-failure.ts";
import { shellQuoted } from "./shell-quoted.ts";

/** What decides about the scope of a command. */
export interface ScopeRequest {
  /** A folder that stands for a machine. @default "/" */
  readonly root?: string;
  /** Whether only the home of whoever runs it is meant, also for root. @default false for root, true for others */
  readonly isUser?: boolean;
  /** Who runs it. @default the user of this process, from the account database */
  readonly runner?: () => Pick<UserInfo<string>, "username" | "uid" | "gid" | "homedir">;
}

/**
 * Says what a command switches: root the whole machine, another user the own
 * home; a folder is a whole machine for everyone.
 *
 * @throws DiagnosticError "host-access-failed" when the folder is none, or the account database does not know the
 * user
 */
export function scopeOf({ root = "/", isUser, runner = userInfo }: ScopeRequest): Scope {
  const folder = realFolder(root);
  if (folder !== "/") return { kind: "system", root: folder, state: systemState, hasOwners: effectiveId(runner) === 0 };
  if (isUser !== true && effectiveId(runner) === 0) {
    return { kind: "system", root: "/", state: systemState, hasOwners: true };
  }
  if (isUser === false) return { kind: "system", root: "/", state: systemState, hasOwners: false };
  const { username, uid, gid, homedir } = ask(runner);
  const home = homedir.replace(/(?<=.)\/+$/, "");
  return {
    kind: "user",
    root: "/",
    state: `${home === "/" ? "" : home}/${userState}`,
    user: { name: username, uid, gid, home },
    hasOwners: false,
  };
}

/** The id is known also where the account database does not know the user. */
function effectiveId(runner: NonNullable<ScopeRequest["runner"]>): number | undefined {
  return runner === userInfo ? process.geteuid?.() : runner().uid;
}

function ask(runner: NonNullable<ScopeRequest["runner"]>): ReturnType<NonNullable<ScopeRequest["runner"]>> {
  try {
    return runner();
  } catch (thrown) {
    throw hostAccessFailure({
      message: "Cannot tell whose home is meant",
      why: [`The account database has no user with the id ${process.geteuid?.()}`],
      fix: "getent passwd $(id -u)",
      cause: thrown,
    });
  }
}

function realFolder(root: string): string {
  try {
    if (statSync(root).isDirectory()) return realpathSync(root);
  } catch (thrown) {
    throw hostAccessFailure({
      message: `Cannot use "${root}" as the root of a machine`,
      why: [`The system says ${failureCodeOf(thrown) ?? "that it cannot be opened"}`],
      fix: `mkdir -p ${shellQuoted(root)}`,
      cause: thrown,
    });
  }
  throw hostAccessFailure({
    message: `Cannot use "${root}" as the root of a machine`,
    why: ["It is not a directory"],
    fix: `ls -ld ${shellQuoted(root)}`,
  });
}
