import type { AccountChange, AccountFiles, AccountMemory } from "@firn/account";
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

/** Plans what happens to users and groups. */
export function planAccountFiles({ record }: Planning): AccountPlan {
  return { changes: [], files: {}, filesBefore: {}, memory: record.accounts, diagnostics: [] };
}
