export { type Pushed, pushContents, type PushedContent, type PushOptions } from "./push-contents.ts";
export { pullContents, type PulledTag, type PullOptions, pullTag } from "./pull-contents.ts";
export { addressesIn } from "./registry-address.ts";
export { type AuthorityOptions, openAuthority } from "./registry-authority.ts";
export type { RegistryCredentials } from "./registry-credentials.ts";
export type { ListedContent } from "./artifact-manifest.ts";
export { joinAuthorities } from "./join-authorities.ts";
