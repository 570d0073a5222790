export { MemoryRemotes, MemoryRepository, memoryLocal } from "./memory-remotes.ts";
