/** What is switched, and where Firn keeps its things there. */
export interface Scope {
  /** The whole machine, or the home of the user who runs Firn. */
  readonly kind: "system" | "user";
  /** "/", or the folder that stands for it; then nothing is started, and links are relative. */
  readonly root: string;
  /** Folder of the store, the generations and the state, as an absolute path within the root. */
  readonly state: string;
  /** For kind "user": whose home. */
  readonly user?: { readonly name: string; readonly uid: number; readonly gid: number; readonly home: string };
  /** Whether owners can be set: only root can. Where not, they are neither compared nor set. */
  readonly hasOwners: boolean;
}

/** Where the state of a machine is, as an absolute path within its root. @default "/var/lib/firn" */
export const systemState = "/var/lib/firn";

/** Where that of an ordinary user is, relative to the home. */
export const userState = ".local/state/firn";
