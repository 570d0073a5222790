export {
  lockMachine,
  type LockOptions,
  type LockedMachine,
  type Recovery,
  type SwitchOutcome,
} from "./locked-machine.ts";
export type { JournalFiles } from "./journal.ts";
export { findInterrupted, type Interrupted } from "./interrupted.ts";
