export { type Scope, systemState, userState } from "./scope.ts";
export type { Actual, ActualQuestion, ManagerState, PathState, UnitState } from "./actual.ts";
export { emptyRecord, type KeptPath, type SwitchRecord } from "./record.ts";
export type {
  CheckStep,
  Collision,
  FileAction,
  FileStep,
  GenerationName,
  HookStep,
  PlacedState,
  Plan,
  PlanDetails,
  UnitAction,
  UnitStep,
} from "./plan.ts";
