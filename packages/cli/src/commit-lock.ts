import { DiagnosticError } from "@firn/diagnostic";
import { commitFile } from "@firn/git";
import type { Terminal } from "./terminal.ts";

/**
 * Commits lockfile.json, and nothing else that may be staged.
 *
 * @throws DiagnosticError with what git said
 */
export async function commitLock(root: string, changes: string, { environment }: Terminal): Promise<void> {
  const message = `lockfile.json: update\n\n${changes}\n`;
  const diagnostics = await commitFile({ directory: root, file: "lockfile.json", message, environment });
  if (diagnostics.length > 0) throw new DiagnosticError(diagnostics);
}
