import type { Diagnostic } from "@firn/diagnostic";
import type { AccountChange, AccountFiles } from "./account-files.ts";
import { debianRanges, type IdRanges } from "./account-ids.ts";
import { type AccountMemory, closeMemory, emptyAccountMemory, openMemory } from "./account-memory.ts";
import { hasErrors } from "./account-problem.ts";
import { openAccounts } from "./account-table.ts";
import { checkAgainst, warnOfNewIds } from "./check-against.ts";
import { checkDesired } from "./check-desired.ts";
import { describeChanges } from "./describe-changes.ts";
import type { DesiredAccounts } from "./desired-accounts.ts";
import { editGroups } from "./edit-groups.ts";
import { editPasswords } from "./edit-passwords.ts";
import { editSubIds } from "./edit-sub-ids.ts";
import { editUsers } from "./edit-users.ts";
import { findIds } from "./find-ids.ts";

/** What accounts are planned from. */
export interface AccountPlanning {
  readonly desired: DesiredAccounts;
  /** @default that of a machine which Firn has not touched */
  readonly memory?: AccountMemory;
  readonly actual: AccountFiles;
  /** Names of users who are logged in, or of whom processes run. */
  readonly busy: readonly string[];
  /** Days since 1970. */
  readonly today: number;
  /** @default those of Debian */
  readonly ranges?: IdRanges;
}

/** What becomes of accounts. */
export interface PlannedAccounts {
  /** New texts of the files that change. */
  readonly files: Partial<AccountFiles>;
  readonly changes: readonly AccountChange[];
  readonly memory: AccountMemory;
  /** With an error among them nothing is to be changed; warnings stand in no way. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Plans new texts of the account files. Lines that nobody declares stay byte for
 * byte, and a user or group that was there before gets its own fields back once
 * it is no longer declared. Problems: "bad-account".
 */
export function planAccounts(planning: AccountPlanning): PlannedAccounts {
  const { actual, desired, memory: last = emptyAccountMemory, ranges = debianRanges } = planning;
  const table = openAccounts(actual, desired, openMemory(last));
  const existing = { users: new Set(table.users.keys()), groups: new Set(table.groups.keys()) };
  const problems = [...checkDesired(desired, existing), ...checkAgainst(table, planning.busy)];
  const { ids, problems: shortages } = findIds(table, ranges);
  const diagnostics = [...problems, ...shortages, ...warnOfNewIds(table, ids)];
  if (hasErrors(diagnostics)) return { files: {}, changes: [], memory: last, diagnostics };
  const context = { ...table, ids, ranges, today: planning.today };
  const texts: AccountFiles = {
    passwd: editUsers(context),
    group: editGroups(context, "group"),
    ...(actual.shadow !== undefined && { shadow: editPasswords(context, actual.shadow) }),
    ...(actual.gshadow !== undefined && { gshadow: editGroups(context, "gshadow") }),
    ...editSubIds(context),
  };
  const changed = Object.entries(texts).filter(([name, text]) => actual[name as keyof AccountFiles] !== text); // Names of the files above.
  return {
    files: Object.fromEntries(changed),
    changes: describeChanges(actual, texts),
    memory: closeMemory(table.memory),
    diagnostics,
  };
}
