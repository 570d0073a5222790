export type {
  FetchedSource,
  FolderSource,
  InstalledFile,
  InstalledLink,
  OwnBuild,
  OwnInstall,
  OwnPackage,
  OwnSource,
  TextSource,
} from "./own-package.ts";
export { checkOwnPackage } from "./check-own-package.ts";
export { type Circumstances, ownArchitecture, recipeHash, type ToolPin } from "./recipe-hash.ts";
export { ownCandidate, ownVersion } from "./own-candidate.ts";
export { renderControl } from "./render-control.ts";
