export { compileSwitch, type SwitchScripts } from "./compile-switch.ts";
export type { SwitchNames } from "./switching.ts";
export { stepLine } from "./shell-functions.ts";
