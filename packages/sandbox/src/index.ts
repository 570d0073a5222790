export {
  type BundleToEvaluate,
  type Sandbox,
  type SandboxAnswer,
  type SandboxOptions,
  startSandbox,
} from "./start-sandbox.ts";
export type { SandboxLimits } from "./limit-problem.ts";
export type { HostToEvaluate, Question, ValueAnswer } from "./protocol.ts";
export {
  type HostAnswer,
  parseExplanations,
  type ShownDefinition,
  type ShownExplanation,
  type ShownMembers,
  type ShownOption,
  type ShownRead,
  type ShownValue,
} from "./host-answer.ts";
export { evaluatorScripts, sharedModules } from "./shared-modules.ts";
export { showExplanations } from "./show-explanation.ts";
