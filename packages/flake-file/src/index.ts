export { parseFlake, type ParsedFlake, type ParseFlakeOptions } from "./parse-flake.ts";
export { addInput, type EditedFlake, type InputFields, type NewInput, removeInput } from "./edit-inputs.ts";
