import { type AccountChange, type AccountFiles, type AccountMemory, planAccounts } from "@firn/account";
import type { Diagnostic } from "@firn/diagnostic";
import type { Planning } from "./planning.ts";

/** What happens to accounts. */
export interface AccountPlan {
  readonly changes: readonly AccountChange[];
  /** New texts of the files that change. */
  readonly files: Partial<AccountFiles>;
  /** The texts they replace. */
  readonly filesBefore: Partial<AccountFiles>;
  readonly memory: AccountMemory | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Plans what happens to users and groups: those of the system alone, since an ordinary user has none. */
export function planAccountFiles({ actual, desired, record, scope, today }: Planning): AccountPlan {
  const memory = record.accounts;
  const isUntouched = memory === undefined && isEmpty(desired?.users) && isEmpty(desired?.groups);
  if (scope.kind === "user" || isUntouched) return { changes: [], files: {}, filesBefore: {}, memory, diagnostics: [] };
  const planned = planAccounts({
    desired: { users: desired?.users ?? {}, groups: desired?.groups ?? {} },
    ...(memory && { memory }),
    actual: actual.accounts,
    busy: actual.busyUsers,
    today,
  });
  const names = Object.keys(planned.files) as (keyof AccountFiles)[]; // The names of an object of that type.
  const before = names.map((name) => [name, actual.accounts[name]]);
  return { ...planned, filesBefore: Object.fromEntries(before) as Partial<AccountFiles> }; // Texts of the same names.
}

function isEmpty(things: object = {}): boolean {
  return Object.keys(things).length === 0;
}
