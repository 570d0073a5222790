import { newestOf, type Outdated } from "../newest.ts";
import { type CommandCall, exitStatus } from "../command.ts";
import { type FlakeInputs, openInputs, openPlainRendering } from "../flake-inputs.ts";
import type { ShownPackages } from "../package-changes.ts";
import { renderUpdated } from "../render-package-changes.ts";
import { hasErrors, reportProblems } from "../report-problems.ts";
import { type Paint, painter } from "../terminal.ts";

/** Lists the inputs for which there is something newer. */
export async function run({ flags, terminal }: CommandCall): Promise<number> {
  const inputs = openInputs(terminal);
  const { lockFile, git, flakeFile } = inputs;
  const { found, diagnostics } = await newestOf(lockFile.lock, { manifest: flakeFile.manifest, fetcher: git });
  await reportProblems(diagnostics, () => openPlainRendering(diagnostics, terminal), terminal);
  const behind = found.filter(({ allowed, latest, current }) => allowed !== current || latest !== current);
  const { isWhole, packages } = await findOutdatedPackages(inputs);
  if (flags.json) terminal.print(JSON.stringify([...behind, ...outdatedSources(packages)]));
  else {
    const paint = painter(terminal.color);
    const lines = [
      ...(behind.length > 0 ? [renderTable(behind, paint)] : []),
      ...(packages ? renderUpdated(packages, paint) : []),
    ];
    if (lines.length > 0) terminal.print(lines.join("\n"));
    else if (isWhole) terminal.print("Everything is at its newest");
  }
  return hasErrors(diagnostics) || !isWhole ? exitStatus.problem : exitStatus.done;
}

interface OutdatedPackages {
  readonly isWhole: boolean;
  /** Missing where there are none. */
  readonly packages?: ShownPackages;
}

/** Asks sources what they have now, and finds what the locked closures would become. */
async function findOutdatedPackages(inputs: FlakeInputs): Promise<OutdatedPackages> {
  const { lock } = inputs.lockFile;
  if (Object.keys(lock.sources).length === 0) return { isWhole: true };
  const { findNewPackages } = await import("../lock-packages.ts");
  const found = await findNewPackages(inputs);
  if (found.packages === undefined) return { isWhole: false };
  const { showPackages } = await import("../lock-flake.ts");
  const packages = await showPackages(inputs, found.packages);
  return { isWhole: true, ...(packages && { packages }) };
}

function outdatedSources({ moves, sources }: ShownPackages = { sources: [], closures: [], moves: [] }): object[] {
  return sources.map(({ after, before, name }) => {
    const [current, latest] = [before?.date, after?.date];
    return { path: name, current, allowed: latest, latest, packages: moves.filter(({ source }) => source === name) };
  });
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
