export {
  type FlakeFile,
  type LockFile,
  readFlakeFile,
  readLockFile,
  writeFlakeFile,
  writeLockFile,
} from "./flake-files.ts";
export { readLocalOverrides } from "./local-overrides.ts";
export { localFolders } from "./local-folders.ts";
export { findFile, writeWhole } from "./whole-file.ts";
