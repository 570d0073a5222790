export { openStore, type Store } from "./store.ts";
export type { GenerationContent, GenerationToBuild } from "./build-generation.ts";
export type { Damage, Verification } from "./verify-store.ts";
export type { Collected } from "./collect-garbage.ts";
export { hashContent } from "./content-hash.ts";
