export { describePackageManager } from "./manager-contract.ts";
export { describePackageTarget } from "./target-contract.ts";
export type { MachinePackage, ScriptEnd, TargetWorld } from "./target-machine.ts";
export { MemoryArchives } from "./memory-manager.ts";
export { memoryTarget } from "./memory-target.ts";
export type { PackageWorld, PublishedPackage } from "./package-world.ts";
