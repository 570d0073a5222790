export { lockInputs } from "./lock-inputs.ts";
export type { LockOutcome, LockRequest } from "./lock-request.ts";
export type {
  ExportRequest,
  Fetcher,
  InputTree,
  LocalReader,
  LocalTree,
  Outcome,
  Source,
  TreeExporter,
  TreeRequest,
} from "./fetcher.ts";
export {
  lockPackages,
  type LockPackagesOutcome,
  type LockPackagesRequest,
  type PackageResolver,
} from "./lock-packages.ts";
export type { LockPackagesProblem } from "./package-problem.ts";
export { findStaleClosures } from "./closure-state.ts";
export { findStaleSources } from "./source-state.ts";
