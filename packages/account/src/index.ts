export type { AccountChange, AccountFiles, AccountMemory } from "./account-files.ts";
