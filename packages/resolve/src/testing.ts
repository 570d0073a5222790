export { MemoryRemotes, MemoryRepository, memoryLocal } from "./memory-remotes.ts";
export { describeFetcher, type FetcherWorld, type MadeRepository, type RepositoryContent } from "./fetcher-contract.ts";
