export { findFlake, type Flake, type FoundFlake } from "./flake.ts";
export {
  type FlakePackage,
  type HostNames,
  listHosts,
  type PackageKind,
  readWorkspace,
  type Workspace,
} from "./workspace.ts";
export { findKept, loadBundle, type LoadedBundle, type LoadOptions } from "./load-bundle.ts";
export type { HostOutcome } from "./host-problem.ts";
export { openSources, type MappedBundle, type SourceOptions } from "./sources.ts";
export { defaultCacheDirectory } from "./cache-directory.ts";
