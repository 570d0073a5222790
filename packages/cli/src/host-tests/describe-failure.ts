import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { isDiagnosticError } from "@firn/diagnostic";

/** Describes why a test failed, in lines: what was said, and the line of the flake that was told so. */
export function describeFailure(thrown: unknown, root: string): string[] {
  if (!(thrown instanceof Error)) return [`It threw ${String(thrown)}`];
  // A command that failed says in its message all that a diagnostic would.
  const message = isDiagnosticError(thrown) ? thrown.message.replace(/ \(test-host-failed\)$/m, "") : thrown.message;
  return [...message.trimEnd().split("\n"), ...findLine(thrown.stack ?? "", root)];
}

/** Finds the innermost line of the flake's own code. */
function findLine(stack: string, root: string): string[] {
  for (const [, place = "", line = "", column = ""] of stack.matchAll(
    /^ +at .*?((?:file:\/\/)?\/[^()]*):(\d+):(\d+)\)?$/gm,
  )) {
    const file = place.startsWith("file:") ? fileURLToPath(place) : place;
    const path = relative(root, file);
    if (path.startsWith("..") || path.includes("node_modules")) continue;
    return [`at ${path}:${line}:${column}`, ...quoteLine(file, Number(line))];
  }
  return [];
}

function quoteLine(file: string, line: number): string[] {
  try {
    return [`${line} | ${readFileSync(file, "utf8").split("\n")[line - 1] ?? ""}`];
  } catch {
    // The file went meanwhile: its name has been said.
    return [];
  }
}
