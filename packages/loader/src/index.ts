export { findFlake, type Flake, type FoundFlake } from "./flake.ts";
export {
  type FlakePackage,
  type HostNames,
  listHosts,
  type PackageKind,
  readWorkspace,
  type Workspace,
} from "./workspace.ts";
export {
  type EngineModules,
  findKept,
  type Loaded,
  type LoadedHost,
  loadHosts,
  type LoadOptions,
} from "./load-hosts.ts";
export { openSources, type MappedBundle, type SourceOptions } from "./sources.ts";
export { defaultCacheDirectory } from "./cache-directory.ts";
