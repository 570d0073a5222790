export type { FlakeManifest, InputDeclaration, ShellDeclaration, SourceDeclaration } from "./flake-manifest.ts";
export {
  describeRequirement,
  type GitRequirement,
  isGitRequirement,
  isSameRequirement,
  normalizeRequirement,
  type PathRequirement,
  type Requirement,
} from "./requirement.ts";
export { parseSourceUrl, type ParsedSourceUrl, type SourceUrl, type Transport } from "./source-url.ts";
export { isObjectId, problemOfRefName } from "./revision.ts";
export {
  inputName,
  type InputPath,
  isAtOrBelow,
  isInputName,
  joinInputPath,
  parentPath,
  pathDepth,
} from "./input-path.ts";
export { defaultLimits, type InputLimits } from "./limits.ts";
export type { RemoteRefs, RemoteTag } from "./remote-refs.ts";
export { findVersions, type FoundVersions, type TagVersion, tagPrefixOf } from "./tag-version.ts";
