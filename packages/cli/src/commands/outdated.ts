import { newestOf, type Outdated } from "../newest.ts";
import { type CommandCall, exitStatus } from "../command.ts";
import { openInputs, openPlainRendering } from "../flake-inputs.ts";
import { hasErrors, reportProblems } from "../report-problems.ts";
import { type Paint, painter } from "../terminal.ts";

/** Lists the inputs for which there is something newer. */
export async function run({ flags, terminal }: CommandCall): Promise<number> {
  const { lockFile, git, flakeFile } = openInputs(terminal);
  const { found, diagnostics } = await newestOf(lockFile.lock, { manifest: flakeFile.manifest, fetcher: git });
  await reportProblems(diagnostics, () => openPlainRendering(diagnostics, terminal), terminal);
  const behind = found.filter(({ allowed, latest, current }) => allowed !== current || latest !== current);
  if (flags.json) terminal.print(JSON.stringify(behind));
  else
    terminal.print(behind.length === 0 ? "Everything is at its newest" : renderTable(behind, painter(terminal.color)));
  return hasErrors(diagnostics) ? exitStatus.problem : exitStatus.done;
}

function renderTable(rows: readonly Outdated[], paint: Paint): string {
  const cells = rows.map(({ path, current, allowed, latest }) => [path, current, allowed, latest]);
  const table = [["input", "locked", "allowed", "latest"], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row, index) => {
      const line = row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd();
      return index === 0 ? paint("dim", line) : line;
    })
    .join("\n");
}
