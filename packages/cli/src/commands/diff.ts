import { DiagnosticError, renderText } from "@firn/diagnostic";
import { compareManifests, type ManifestChange } from "@firn/manifest";
import { type CommandCall, exitStatus } from "../command.ts";
import { buildHost } from "../machine/build-host.ts";
import { causesBetween } from "../machine/causes-between.ts";
import { type FindCause, renderCause } from "../machine/cause.ts";
import { diffLines, isShowable } from "../machine/content-diff.ts";
import { withFlakeAt } from "../machine/flake-at.ts";
import { type Machine, openMachine } from "../machine/open-machine.ts";
import { readStoredManifest, type Target } from "../machine/plan-machine.ts";
import { openFlake } from "../open-flake.ts";
import { painter, type Terminal } from "../terminal.ts";

/** Shows what two generations, or hosts, or commits of a host, have different; looks at no machine. */
export async function run({ flags, positionals, terminal }: CommandCall): Promise<number> {
  const machine = openMachine(flags, terminal);
  const [first, second] = positionals;
  const { from } = flags;
  if (first === undefined || (from === undefined) === (second === undefined)) throw badUsage();
  const before =
    from === undefined ? await findTarget(first, machine, terminal) : await hostAt(from, first, { machine, terminal });
  const after = before && (await findTarget(second ?? first, machine, terminal));
  if (before === undefined || after === undefined) return exitStatus.problem;
  const changes = compareManifests(before.manifest, after.manifest);
  const findCause = causesBetween({ from: before.generation, to: after.generation }, machine.store);
  if (flags.json) terminal.print(JSON.stringify({ from: before.generation, to: after.generation, changes }));
  else if (changes.length === 0) terminal.print("No difference");
  else for (const change of changes) terminal.print(render(change, { findCause, machine, terminal }));
  return changes.length === 0 ? exitStatus.done : exitStatus.differences;
}

/** Finds what a word means: the number of a generation, the name of one in the store, or a host of the flake. */
async function findTarget(word: string, machine: Machine, terminal: Terminal): Promise<Target | undefined> {
  const { profile, store } = machine;
  const generation = /^\d+$/.test(word)
    ? profile.list().find(({ number }) => number === Number(word))?.generation
    : store.readManifest(word) === undefined
      ? undefined
      : word;
  if (generation !== undefined) return { generation, manifest: readStoredManifest(store, generation) };
  if (/^\d+$/.test(word)) throw noGeneration(word);
  return buildHost({ flake: openFlake(terminal), host: word, store }, terminal);
}

function hostAt(
  commit: string,
  host: string,
  { machine: { store }, terminal }: { machine: Machine; terminal: Terminal },
): Promise<Target | undefined> {
  return withFlakeAt({ commit, flake: openFlake(terminal) }, (directory) => {
    const there = { ...terminal, directory };
    return buildHost({ flake: openFlake(there), host, store }, there);
  });
}

interface Rendering {
  readonly findCause: FindCause;
  readonly machine: Machine;
  readonly terminal: Terminal;
}

const signs = { add: ["+", "green"], change: ["~", "yellow"], remove: ["-", "red"] } as const;

function render(change: ManifestChange, { findCause, machine, terminal }: Rendering): string {
  const paint = painter(terminal.color);
  const [sign, color] = signs[change.kind];
  const cause = findCause(change.key);
  const fields = change.fields.length === 0 ? "" : ` (${change.fields.join(", ")})`;
  const end = cause === undefined ? "" : paint("dim", `  ${renderText(renderCause(cause))}`);
  const head = `${paint(color, sign)} ${renderText(change.key)}${fields}${end}`;
  return [head, ...contentLines(change, machine).map((line) => `    ${renderText(line)}`)].join("\n");
}

function contentLines({ content, isPrivate, kind }: ManifestChange, { store }: Machine): readonly string[] {
  if (content === undefined || kind !== "change") return [];
  if (isPrivate) return ["(not shown: not everyone may read it)"];
  const texts = [content.before, content.after].map((hash) => (hash === undefined ? undefined : store.read(hash)));
  if (texts.some((text) => text !== undefined && !isShowable(text))) return [];
  const [before, after] = texts.map((text) => text?.toString() ?? "");
  return diffLines({ before: before ?? "", after: after ?? "" });
}

function badUsage(): DiagnosticError {
  return usageError("Cannot compare one thing alone", "firn diff A B, or firn diff HOST --from COMMIT");
}

function noGeneration(number: string): DiagnosticError {
  return usageError(`Cannot find the generation ${number}`, "firn generations lists those that are there");
}

function usageError(message: string, fix: string): DiagnosticError {
  return new DiagnosticError([{ code: "bad-usage", severity: "error", message, marks: [], fix }]);
}
