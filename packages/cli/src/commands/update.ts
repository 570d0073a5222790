import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";
import { isGitRequirement } from "@firn/input";
import { comparePins, isGitPin, type Lockfile, type PinChange } from "@firn/lock";
import { applyLock } from "../apply-lock.ts";
import { type CommandCall, exitStatus } from "../command.ts";
import { commitLock } from "../commit-lock.ts";
import { counted } from "../counted.ts";
import { computeLock, type FlakeInputs, openInputs } from "../flake-inputs.ts";
import { changeData, type LockChange, renderChange } from "../lock-change.ts";
import { lockFlakePackages } from "../lock-packages.ts";
import { showPackages, writeNames } from "../lock-flake.ts";
import { packagesData, type ShownPackages } from "../package-changes.ts";
import { renderUpdated } from "../render-package-changes.ts";
import { type Paint, painter } from "../terminal.ts";

/** Moves inputs to the newest that flake.yaml allows. */
export async function run({ positionals, flags, terminal }: CommandCall): Promise<number> {
  const inputs = openInputs(terminal);
  const overrides = new Map(flags.override.map(parseOverride));
  const named = [...new Set([...positionals, ...overrides.keys()])];
  const isAll = named.length === 0;
  const sources = named.filter((name) => isSource(inputs, name));
  const moved = await computeLock(inputs, {
    update: isAll ? "all" : named.filter((name) => !sources.includes(name)),
    overrides,
    acceptMovedTags: flags.acceptMovedTag,
  });
  const pinChanges = comparePins(inputs.lockFile.lock, moved);
  const deadline = Date.now() + patience;
  const logs = Promise.all(pinChanges.map((change) => withLog(change, inputs, deadline)));
  if (!flags.dryRun) await applyLock(inputs, moved);
  const { isWhole, lock } = await lockFlakePackages(inputs, moved, { update: isAll ? "all" : sources });
  if (!flags.dryRun && lock !== moved) await applyLock(inputs, lock);
  if (!flags.dryRun && isWhole) await writeNames(inputs, lock);
  const shown = { changes: await logs, packages: await showPackages(inputs, lock) };
  const plain = renderAll(shown, painter(false)).join("\n");
  if (flags.commit && !flags.dryRun && isWhole && plain !== "") await commitLock(inputs.flake.root, plain, terminal);
  if (flags.json) terminal.print(JSON.stringify(dataOf(shown)));
  else if (plain !== "") terminal.print(renderAll(shown, painter(terminal.color)).join("\n"));
  else if (isWhole) terminal.print(nothingNew(lock));
  return isWhole ? exitStatus.done : exitStatus.problem;
}

function isSource({ flakeFile: { manifest }, lockFile: { lock } }: FlakeInputs, name: string): boolean {
  return [manifest.sources, lock.sources].some((sources) => Object.hasOwn(sources, name));
}

interface Shown {
  readonly changes: readonly LockChange[];
  readonly packages: ShownPackages | undefined;
}

function renderAll({ changes, packages }: Shown, paint: Paint): string[] {
  return [...changes.map((change) => renderChange(change, paint)), ...(packages ? renderUpdated(packages, paint) : [])];
}

function dataOf({ changes, packages }: Shown): object {
  return { changes: changes.map(changeData), ...(packages && { packages: packagesData(packages) }) };
}

function nothingNew({ inputs, sources }: Lockfile): string {
  return `Nothing newer: ${counted(Object.keys(inputs).length + Object.keys(sources).length, "input")}`;
}

function parseOverride(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at <= 0 || at === text.length - 1) throw new DiagnosticError([badOverride(text)]);
  return [text.slice(0, at), text.slice(at + 1)];
}

function badOverride(text: string): Diagnostic {
  return {
    code: "bad-usage",
    severity: "error",
    message: `Cannot override with "${text}": it is not INPUT=WHAT`,
    marks: [],
    fix: "firn update --override core=1.4.0",
  };
}

/** Milliseconds that commits between are waited for: what changed matters more than the way there. */
const patience = 5000;

/** Adds the commits between, where the repository tells them. */
async function withLog(change: PinChange, { git }: FlakeInputs, deadline: number): Promise<LockChange> {
  const { before, after } = change;
  if (before === undefined || after === undefined || !isGitPin(before) || !isGitPin(after)) return { change };
  if (!isGitRequirement(after.want) || before.commit === after.commit) return { change };
  const source = { git: after.want.git, mirrors: [] };
  const request = { source, from: before.commit, to: after.commit, limit: 20, deadline };
  // Without it the change is told all the same.
  const log = await git.listCommits(request).catch(() => undefined);
  return log === undefined ? { change } : { change, log };
}
