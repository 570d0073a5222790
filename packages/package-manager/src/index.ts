export { type ClosureRequest, type ClosureSource, isTreeName, orderSources } from "./closure-request.ts";
export { type ClosureMember, packageKey, type PackagePin, type PackageRequest } from "./package-pin.ts";
export { type OwnCandidate, ownSource } from "./own-candidate.ts";
export { parsePackageRequest } from "./parse-package-request.ts";
export type { ListPin, LockedSource, PackageSource, SourceState } from "./package-source.ts";
export type { PackageAnswer, PackageFacts, PackageManager, PackageProblem, ResolveRequest } from "./package-manager.ts";
export type {
  GivenUp,
  InstalledPackage,
  PackageChange,
  PackagePlaces,
  PackageTarget,
  PackageToInstall,
  PackageUser,
} from "./package-target.ts";
