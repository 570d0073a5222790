import { readFileSync, writeFileSync } from "node:fs";
import { DiagnosticError } from "@firn/diagnostic";
import { mergeDriver } from "@firn/lock";
import { type CommandCall, exitStatus } from "../command.ts";

/**
 * Merges lockfile.json for git: the result goes to the second file. Where both
 * sides moved an input, the text keeps git's conflict markers, which `firn lock` settles.
 */
export async function run({ positionals, terminal }: CommandCall): Promise<number> {
  const [base, ours, theirs] = positionals;
  if (base === undefined || ours === undefined || theirs === undefined) throw missingFiles();
  const read = (file: string): string => readFileSync(file, "utf8");
  const { text, unsettled, diagnostics } = mergeDriver(
    { base: read(base), ours: read(ours), theirs: read(theirs) },
    { file: "lockfile.json" },
  );
  if (text === undefined || unsettled.length > 0) {
    for (const { message, why = [] } of diagnostics) terminal.report([message, ...why].join(": "));
    await leaveMarkers(ours, base, theirs);
    if (unsettled.length > 0) {
      terminal.report(`lockfile.json: both sides moved ${unsettled.join(", ")}; firn lock settles it`);
    }
    return exitStatus.problem;
  }
  writeFileSync(ours, text);
  return exitStatus.done;
}

/** What stands beside the markers, in place of the names of files that git makes for the merge. */
const labels = ["ours", "base", "theirs"].flatMap((side) => ["-L", side]);

/** Lets git merge the texts, as it does without a driver. */
async function leaveMarkers(ours: string, base: string, theirs: string): Promise<void> {
  const { spawnSync } = await import("node:child_process");
  spawnSync("git", ["merge-file", "--diff3", ...labels, "--", ours, base, theirs], { stdio: "ignore" });
}

function missingFiles(): DiagnosticError {
  return new DiagnosticError([
    {
      code: "bad-usage",
      severity: "error",
      message: "Cannot merge without three files: base, ours and theirs",
      marks: [],
      fix: "firn init, which tells git how to call this",
    },
  ]);
}
