import { scopeOf } from "@firn/host-access";
import type { Scope } from "@firn/plan";
import { openProfile, type Profile } from "@firn/profile";
import { openStore, type Store } from "@firn/store";
import { join, resolve } from "node:path";
import type { Flags } from "../flags.ts";
import type { Terminal } from "../terminal.ts";

/** The machine that a command is for, and what Firn keeps there. */
export interface Machine {
  readonly scope: Scope;
  /** Folder of the state, as this process sees it. */
  readonly state: string;
  readonly store: Store;
  readonly profile: Profile;
}

/** Opens this machine, the home of whoever runs the command, or the folder that `--root` names. */
export function openMachine({ root, user }: Pick<Flags, "root" | "user">, { directory }: Terminal): Machine {
  const scope = scopeOf({
    ...(root !== undefined && { root: resolve(directory, root) }),
    ...(user && { isUser: true }),
  });
  const state = join(scope.root, scope.state);
  return {
    scope,
    state,
    store: openStore(join(state, "store"), join(scope.state, "store")),
    profile: openProfile(state),
  };
}
