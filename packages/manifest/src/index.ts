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
  ManagedRealFile,
  ManagedUser,
  Manifest,
} from "./manifest.ts";
export { type GenerationFile, generationFiles } from "./generation-files.ts";
export { renderManifest } from "./render-manifest.ts";
export { manifestJsonSchema, type ParsedManifest, parseManifest } from "./parse-manifest.ts";
export type { ContentReader, SourceEntry } from "./content-reader.ts";
export { type LockedPackages, readClosureRequests, type ReadRequestsOptions } from "./read-packages.ts";
export { type ReadManifest, readManifest, type ReadManifestOptions } from "./read-manifest.ts";
export type { ManifestEntry } from "./manifest-reading.ts";
export { compareManifests, type ManifestChange } from "./compare-manifests.ts";
export { memberPaths } from "./member-paths.ts";
