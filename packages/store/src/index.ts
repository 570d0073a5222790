export { openStore, type Store } from "./store.ts";
export type { GenerationContent, GenerationLink, GenerationToBuild } from "./build-generation.ts";
export type { Damage, GenerationParts, Verification } from "./verify-store.ts";
export type { Collected } from "./collect-garbage.ts";
export type { Hold } from "./hold-contents.ts";
export { hashContent, hashFile } from "./content-hash.ts";
export { explainStoreFailure } from "./store-failure.ts";
