export {
  areInputsLaidOut,
  findLaidOutInputs,
  type InputLayout,
  type LaidOutOptions,
  type LayoutOptions,
  layOutInputs,
} from "./lay-out-inputs.ts";
export { findInputOfFile, type InputOfFile } from "./input-of-file.ts";
