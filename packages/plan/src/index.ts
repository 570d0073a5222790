export { type Scope, systemState, userState } from "./scope.ts";
export type { Actual, ActualQuestion, ManagerState, PathState, UnitState } from "./actual.ts";
export { emptyRecord, type KeptPath, type PackageBefore, type SwitchRecord } from "./record.ts";
export type {
  CheckStep,
  Collision,
  FileAction,
  FileStep,
  GenerationName,
  GivenUpPaths,
  HookStep,
  PackageAction,
  PackageStep,
  PlacedState,
  Plan,
  PlanDetails,
  TreeChange,
  UnitAction,
  UnitStep,
} from "./plan.ts";
export type { PackagePlanning, Planning, Questioned } from "./planning.ts";
export { questionOf } from "./question-of.ts";
export { isEmptyPlan, type Planned, planSwitch } from "./plan-switch.ts";
export { comparePlans, parsePlan, renderPlan } from "./plan-text.ts";
