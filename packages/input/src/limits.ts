/** What an input may be at most; anything larger is refused before it is read. */
export interface InputLimits {
  /** Inputs of a flake, those of inputs among them. */
  readonly paths: number;
  /** Names in the path of an input. */
  readonly depth: number;
  /** Bytes of a flake.yaml. */
  readonly flakeFileBytes: number;
  /** Bytes of a lockfile.json. */
  readonly lockFileBytes: number;
  /** Files of an input. */
  readonly files: number;
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Bytes of all files of an input. */
  readonly treeBytes: number;
}

const mebibyte = 1024 * 1024;

/** The limits that hold unless others are given. */
export const defaultLimits: InputLimits = {
  paths: 2000,
  depth: 16,
  flakeFileBytes: mebibyte,
  lockFileBytes: 16 * mebibyte,
  files: 50_000,
  fileBytes: 64 * mebibyte,
  treeBytes: 500 * mebibyte,
};
