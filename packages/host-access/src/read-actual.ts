import type { AccountFiles } from "@firn/account";
import type { Actual, ActualQuestion, Scope } from "@firn/plan";
import { readAccountTexts } from "./account-texts.ts";
import { namesOfIds, readBusyIds } from "./busy-users.ts";
import { readPaths } from "./read-paths.ts";
import { RootTree } from "./root-tree.ts";
import { readManagers } from "./service-managers.ts";

/**
 * Reads from this machine, or from a folder that stands for one, what a plan asks.
 *
 * Links are followed within the root only. What cannot be looked at is a fact
 * like any other: a path is "other" and "unreadable", a file has no content, a
 * directory that cannot be read counts as not empty, shadow is missing. A folder
 * that is not "/" has no busy users and no managers.
 *
 * @throws DiagnosticError "host-access-failed" when the root is no folder, passwd or group cannot be read, an
 * account file is not UTF-8, or the manager of the scope gives no answer
 */
export async function readActual(scope: Scope, question: ActualQuestion): Promise<Actual> {
  const tree = new RootTree(scope.root);
  const accounts = readAccountTexts(tree);
  // The managers answer while we look at files.
  const [managers, found] = await Promise.all([
    readManagers(scope, question, accounts.passwd),
    readPaths(tree, question),
  ]);
  const busyUsers = scope.root === "/" ? namesOfIds(accounts.passwd, readBusyIds()) : [];
  return { ...found, accounts, busyUsers, managers };
}

/** Reads the account files alone. @throws DiagnosticError "host-access-failed" as `readActual` */
export function readAccounts({ root }: Scope): AccountFiles {
  return readAccountTexts(new RootTree(root));
}
