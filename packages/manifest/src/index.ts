export type {
  ContentHash,
  ManagedCheck,
  ManagedDirectory,
  ManagedFile,
  ManagedGroup,
  ManagedHome,
  ManagedHook,
  ManagedLink,
  ManagedRealFile,
  ManagedUser,
  Manifest,
} from "./manifest.ts";
