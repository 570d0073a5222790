import { type Diagnostic, DiagnosticError, similarNames } from "@firn/diagnostic";
import { addInput, type InputFields, parseFlake, removeInput } from "@firn/flake-file";
import { writeFlakeFile } from "@firn/flake-folder";
import { type FlakeManifest, parentPath, pathDepth } from "@firn/input";
import { comparePins, describePin, type Lockfile, packageLockOf } from "@firn/lock";
import { applyLock } from "../apply-lock.ts";
import { type CommandCall, exitStatus } from "../command.ts";
import type { Flags } from "../flags.ts";
import { computeLock, type FlakeInputs, openInputs } from "../flake-inputs.ts";
import { changeData, renderChange } from "../lock-change.ts";
import { hasErrors } from "../report-problems.ts";
import { lockSources } from "../lock-packages.ts";
import { type Paint, painter } from "../terminal.ts";

/** Adds, removes or lists inputs. */
export async function run(call: CommandCall): Promise<number> {
  const [action = "list", ...words] = call.positionals;
  const inputs = openInputs(call.terminal);
  if (action === "list") return list(call, inputs);
  if (action !== "add" && action !== "remove") throw unknownAction(action);
  const [name, source] = words;
  if (name === undefined) throw badUsage(`Cannot ${action} an input without its name`, usages[action]);
  const { text } = inputs.flakeFile;
  const { flags } = call;
  if (action === "add") {
    const group = flags.dev ? "devInputs" : "inputs";
    return edit(call, inputs, addInput(text, { name, fields: fieldsOf(source, flags), group }));
  }
  return edit(call, inputs, removeInput(text, name));
}

/** Locks what the edited text says, and only then writes both files: a source that cannot be fetched changes nothing. */
async function edit(
  { flags, terminal }: CommandCall,
  inputs: FlakeInputs,
  edited: { text: string; diagnostics: readonly Diagnostic[] },
): Promise<number> {
  const { file } = inputs.flakeFile;
  const parsed = parseFlake(edited.text, { file, role: "root" });
  const problems = [...edited.diagnostics, ...parsed.diagnostics.map(withoutMarks)];
  if (hasErrors(problems)) throw new DiagnosticError(problems);
  const changed = { ...inputs, flakeFile: { file, text: edited.text, manifest: parsed.manifest } };
  const pinned = await computeLock(changed, { isUnwritten: true });
  const lock = await lockSources(changed, withoutForeign(pinned, parsed.manifest));
  await applyLock(changed, lock, () => writeFlakeFile(inputs.flake.root, edited.text));
  const changes = comparePins(inputs.lockFile.lock, lock).map((change) => ({ change }));
  const paint = painter(terminal.color);
  const added = Object.entries(lock.sources).filter(([name]) => !Object.hasOwn(inputs.lockFile.lock.sources, name));
  const removed = Object.keys(inputs.lockFile.lock.sources).filter((name) => !Object.hasOwn(lock.sources, name));
  const lines = [
    ...changes.map((change) => renderChange(change, paint)),
    ...added.map(([name, { date }]) => `${paint("green", "+")} ${paint("bold", name)} ${date}`),
    ...removed.map((name) => `${paint("red", "-")} ${paint("bold", name)}, and the packages that it has`),
  ];
  const names = { added: added.map(([name]) => name), removed };
  const sourcesData = added.length + removed.length > 0 && { sources: names };
  terminal.print(flags.json ? JSON.stringify({ changes: changes.map(changeData), ...sourcesData }) : lines.join("\n"));
  return exitStatus.done;
}

/** Takes out sources that were removed, and what was made from them. */
function withoutForeign(lock: Lockfile, { sources }: FlakeManifest): Lockfile {
  const isHere = (name: string): boolean => Object.hasOwn(sources, name);
  const pins = Object.entries(lock.sources).filter(([name]) => isHere(name));
  const closures = Object.entries(lock.closures).filter(([, each]) => each.sources.every(({ name }) => isHere(name)));
  return { ...lock, ...packageLockOf(new Map(pins), new Map(closures)) };
}

/** The text is not in the file yet, so that its lines cannot be shown. */
function withoutMarks(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, marks: [] };
}

function fieldsOf(source: string | undefined, flags: Flags): InputFields {
  if (flags.apt !== undefined) return sourceFieldsOf(flags.apt, flags);
  const { semver, ref, rev, dir, tagPrefix, follows, submodules, noFlake } = flags;
  if (source === undefined && follows === undefined)
    throw badUsage("Cannot add an input without its source", usages.add);
  const place = source === undefined ? {} : /^\.{1,2}(?:\/|$)/.test(source) ? { path: source } : { git: source };
  const given = { ...place, follows, semver, ref, rev, dir, tagPrefix };
  return {
    ...Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    ...(submodules && { submodules: true }),
    ...(noFlake && { flake: false }),
  };
}

function sourceFieldsOf(apt: string, { component, key, keyring, suite }: Flags): InputFields {
  const components = component.length > 0 ? { components: component } : {};
  return { apt, suites: suite, ...components, keys: key, ...(keyring !== undefined && { keyring }) };
}

function list({ flags, terminal }: CommandCall, { lockFile: { lock } }: FlakeInputs): number {
  terminal.print(
    flags.json ? JSON.stringify({ ...lock.inputs, ...sourcesDataOf(lock) }) : renderTree(lock, painter(terminal.color)),
  );
  return exitStatus.done;
}

function sourcesDataOf({ sources }: Lockfile): object {
  return Object.fromEntries(Object.entries(sources).map(([name, { date, want }]) => [name, { want, date }]));
}

function renderTree({ inputs, sources }: Lockfile, paint: Paint): string {
  const paths = Object.keys(inputs).toSorted();
  const pins = Object.entries(sources).map(
    ([name, { date, want }]) => `${paint("bold", name)} ${want.manager} ${date}`,
  );
  if (paths.length + pins.length === 0) return "No inputs";
  const lines = paths.map((path) => {
    const pin = inputs[path];
    const name = path.slice(parentPath(path).length).replace(/^\//, "");
    return `${"  ".repeat(pathDepth(path) - 1)}${paint("bold", name)} ${pin === undefined ? "" : describePin(pin)}`;
  });
  return [...lines, ...pins.toSorted()].join("\n");
}

const usages = {
  add: "firn input add core https://git.example/acme/core --semver ^1.0",
  remove: "firn input remove core",
} as const;

function unknownAction(action: string): DiagnosticError {
  const actions = ["add", "remove", "list"];
  const near = similarNames(action, actions).map((each) => `"firn input ${each}"`);
  const fix = near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `Use one of ${actions.join(", ")}`;
  return badUsage(`Cannot run "firn input ${action}": there is no such command`, fix);
}

function badUsage(message: string, fix: string): DiagnosticError {
  return new DiagnosticError([{ code: "bad-usage", severity: "error", message, marks: [], fix }]);
}
