export { type ProgramInTree, runInTree } from "./run-in-tree.ts";
export type { RunnerOptions } from "./runner-command.ts";
export { renderWrapper, type WrapperToRender } from "./render-wrapper.ts";
export { type WrappersToWrite, writeWrappers } from "./write-wrappers.ts";
export { shellEnvironment, type ShellToEnter, type Variables } from "./shell-environment.ts";
export { type ShellCommand, type ShellStart, writeShellStart } from "./write-shell-start.ts";
export { type DirenvShell, renderDirenv } from "./render-direnv.ts";
export { type ProfileToWrite, writeProfile } from "./write-profile.ts";
