import { renderPath, renderText } from "@firn/diagnostic";
import { type CommandCall, exitStatus } from "../command.ts";
import { counted } from "../counted.ts";
import { type FlakeOption, listFlakeOptions } from "../flake-options.ts";
import { openFlake } from "../open-flake.ts";
import { renderOptionEntry } from "../render-option-entry.ts";
import { reportProblems } from "../report-problems.ts";
import { type Paint, painter } from "../terminal.ts";

/** Finds options by words. */
export async function run({ positionals, flags, terminal }: CommandCall): Promise<number> {
  const { entries, problems, unloaded, openRendering } = await listFlakeOptions(openFlake(terminal), terminal);
  await reportProblems(problems, openRendering, terminal);
  if (unloaded.length > 0) terminal.report(`Without what could not be loaded: ${unloaded.toSorted().join(", ")}`);
  const found = findEntries(entries, positionals);
  const paint = painter(terminal.color);
  if (flags.json) terminal.print(JSON.stringify(found.map(entryData)));
  else if (found.length === 1 && found[0] !== undefined)
    terminal.print(renderOptionEntry(found[0], await openRendering(), paint));
  else terminal.print([...found.map((entry) => renderLine(entry, paint)), summarize(found, entries)].join("\n"));
  return found.length > 0 ? exitStatus.done : exitStatus.problem;
}

/** Finds the option of exactly this path, or all that have every word in their path or description. */
function findEntries(entries: readonly FlakeOption[], words: readonly string[]): readonly FlakeOption[] {
  const exact = entries.filter(({ path }) => words.length === 1 && renderPath(path) === words[0]);
  if (exact.length > 0) return exact.slice(0, 1);
  const wanted = words.map((word) => word.toLowerCase());
  return entries.filter(({ path, description = "" }) => {
    const text = `${renderPath(path)} ${path.join(".")} ${description}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

function renderLine(entry: FlakeOption, paint: Paint): string {
  const value = entry.defaultShown === undefined ? "" : ` = ${entry.defaultShown}`;
  const description = entry.description === undefined ? "" : `\n    ${renderText(entry.description)}`;
  const origin = entry.importFrom === undefined ? "" : ` import from "${entry.importFrom}"`;
  return `${paint("bold", renderText(renderPath(entry.path)))}${paint("dim", renderText(` (${entry.type})${value}${origin}`))}${description}`;
}

function summarize(found: readonly FlakeOption[], entries: readonly FlakeOption[]): string {
  return `${found.length === 0 ? "No option" : counted(found.length, "option")} of ${entries.length} matched`;
}

function entryData({
  declarations: _places,
  defaultShown: _default,
  exampleShown: _example,
  ...entry
}: FlakeOption): object {
  return entry;
}
