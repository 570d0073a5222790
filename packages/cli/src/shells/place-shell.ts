import { userState } from "@firn/plan";
import { openStore } from "@firn/store";
import { homedir } from "node:os";
import { join } from "node:path";
import { placeTree } from "../machine/place-trees.ts";
import type { Terminal } from "../terminal.ts";
import type { ShellPackages } from "./find-closure.ts";
import type { ReadyShell } from "./kept-shell.ts";

/**
 * Builds the tree of a shell in the store of the user, unless it is there.
 *
 * @throws DiagnosticError "tree-failed", "fetch-failed", "store-failed"
 */
export async function placeShell(
  { asked, environment, flake, members }: ShellPackages,
  terminal: Terminal,
): Promise<ReadyShell> {
  const store = openStore(join(terminal.environment["HOME"] ?? homedir(), userState, "store"));
  const { tree } = await placeTree(members, { flake, fetch: { store, terminal } });
  return { tree, folder: store.folder, asked, environment };
}
