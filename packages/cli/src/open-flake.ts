import { DiagnosticError } from "@firn/diagnostic";
import { findFlake, type Flake, listHosts } from "@firn/loader";
import type { Terminal } from "./terminal.ts";

/**
 * Finds the flake that a command is called in.
 *
 * @throws DiagnosticError with code no-flake
 */
export function openFlake({ directory }: Terminal): Flake {
  const { flake, diagnostics } = findFlake(directory);
  if (flake === undefined) throw new DiagnosticError(diagnostics);
  return flake;
}

/**
 * Lists the names of all hosts of a flake.
 *
 * @throws DiagnosticError with code bad-workspace
 */
export async function listHostNames(flake: Flake): Promise<readonly string[]> {
  const { names, diagnostics } = await listHosts(flake);
  if (diagnostics.length > 0) throw new DiagnosticError(diagnostics);
  return names;
}
