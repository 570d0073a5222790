import type { Diagnostic } from "@firn/diagnostic";
import type { RemoteRefs } from "@firn/input";

/** A value, or why there is none. Diagnostics say what happened; who asked for it is added by the caller. */
export type Outcome<Value> =
  | { readonly value: Value; readonly diagnostics: readonly Diagnostic[] }
  | { readonly value?: never; readonly diagnostics: readonly Diagnostic[] };

/** A repository. */
export interface Source {
  /** Address, as `parseSourceUrl` accepts it. */
  readonly git: string;
  /** Addresses that are tried, in their order, when the first does not answer or lacks a commit. */
  readonly mirrors: readonly string[];
}

/** A folder of a repository at a commit. */
export interface TreeRequest {
  readonly source: Source;
  readonly commit: string;
  /** Folder in the repository; empty for the whole. */
  readonly dir: string;
  readonly submodules: boolean;
}

/** What locking needs of a folder of a repository. */
export interface InputTree {
  /** Id of the tree of that folder. */
  readonly tree: string;
  /** `sha256-` and the base64 of the SHA-256 of the NAR serialization of the folder. */
  readonly integrity: string;
  /** Text of flake.yaml in the folder, if there is one. */
  readonly flakeFile?: string;
  /** Text of lockfile.json in the folder, if there is one. */
  readonly lockFile?: string;
}

/** Reaches repositories. Implementations are in higher layers; one in memory is in `@firn/resolve/testing`. */
export interface Fetcher {
  /** Lists the default branch, branches and tags of a repository. Asked twice, it may answer from the first time. */
  listRefs(source: Source): Promise<Outcome<RemoteRefs>>;
  /** Obtains a folder of a repository at a commit. */
  fetchTree(request: TreeRequest): Promise<Outcome<InputTree>>;
}

/** Reads the root flake's own folders, for inputs that are paths. */
export interface LocalReader {
  /** @param path folder relative to the root flake, with slashes; may start with "../" */
  readTree(path: string): Promise<Outcome<LocalTree>>;
}

/** What locking needs of a folder beside the root flake. */
export type LocalTree = Pick<InputTree, "flakeFile" | "lockFile">;

/** A folder of a repository to be written down as files. */
export interface ExportRequest extends TreeRequest {
  /** What the folder must have; missing for a folder beside an input's own, for which only the commit vouches. */
  readonly integrity?: string;
}

/** Writes folders of repositories down as files. The implementation with git is in `@firn/git`. */
export interface TreeExporter {
  /**
   * Writes a folder into a new folder of this machine, all of it or nothing.
   * Folders called node_modules are left out, at any depth.
   *
   * @param into absolute path where nothing is yet; the folder above it exists
   */
  exportTree(request: ExportRequest, into: string): Promise<Outcome<InputTree>>;
}
