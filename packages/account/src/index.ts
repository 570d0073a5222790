export type { AccountChange, AccountFileName, AccountFiles } from "./account-files.ts";
export { debianRanges, type IdRange, type IdRanges } from "./account-ids.ts";
export { type AccountMemory, emptyAccountMemory, type FileMemory } from "./account-memory.ts";
export type { DesiredAccounts, DesiredGroup, DesiredUser } from "./desired-accounts.ts";
export { type AccountPlanning, planAccounts, type PlannedAccounts } from "./plan-accounts.ts";
