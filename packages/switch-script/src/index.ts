export { compileSwitch, type SwitchNames, type SwitchScripts } from "./compile-switch.ts";
export { stepLine } from "./shell-functions.ts";
