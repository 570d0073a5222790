export type {
  ContentHash,
  ManagedCheck,
  ManagedDirectory,
  ManagedFile,
  ManagedGroup,
  ManagedHome,
  ManagedHook,
  ManagedLink,
  ManagedPackage,
  ManagedPackages,
  ManagedProfileLink,
  ManagedRealFile,
  ManagedTree,
  ManagedUser,
  Manifest,
} from "./manifest.ts";
export { type GenerationFile, type GenerationFileLink, generationFiles, generationLinks } from "./generation-files.ts";
export { renderManifest } from "./render-manifest.ts";
export { manifestJsonSchema, type ParsedManifest, parseManifest } from "./parse-manifest.ts";
export type { ContentReader, SourceEntry } from "./content-reader.ts";
export {
  asksForPackages,
  hostArchitecture,
  isToolsClosure,
  type LockedPackages,
  type PlacedRequest,
  readClosureRequests,
  type ReadRequestsOptions,
  toolsClosure,
} from "./read-packages.ts";
export { type LockedTree, type LockedTrees, profilePath } from "./read-trees.ts";
export { type ReadManifest, readManifest, type ReadManifestOptions } from "./read-manifest.ts";
export type { ManifestEntry } from "./manifest-reading.ts";
export { compareManifests, type ManifestChange } from "./compare-manifests.ts";
export { memberPaths } from "./member-paths.ts";
export { type ReadOwnPackages, readOwnPackages } from "./read-own-packages.ts";
