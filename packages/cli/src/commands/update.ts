import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";
import { isGitRequirement } from "@firn/input";
import { comparePins, isGitPin, type Lockfile, type PinChange } from "@firn/lock";
import { applyLock } from "../apply-lock.ts";
import { type CommandCall, exitStatus } from "../command.ts";
import { commitLock } from "../commit-lock.ts";
import { counted } from "../counted.ts";
import { computeLock, type FlakeInputs, openInputs } from "../flake-inputs.ts";
import { changeData, type LockChange, renderChange } from "../lock-change.ts";
import { painter } from "../terminal.ts";

/** Moves inputs to the newest that flake.yaml allows. */
export async function run({ positionals, flags, terminal }: CommandCall): Promise<number> {
  const inputs = openInputs(terminal);
  const overrides = new Map(flags.override.map(parseOverride));
  const named = [...new Set([...positionals, ...overrides.keys()])];
  const lock = await computeLock(inputs, {
    update: positionals.length === 0 && overrides.size === 0 ? "all" : named,
    overrides,
    acceptMovedTags: flags.acceptMovedTag,
  });
  const pinChanges = comparePins(inputs.lockFile.lock, lock);
  const deadline = Date.now() + patience;
  const logs = Promise.all(pinChanges.map((change) => withLog(change, inputs, deadline)));
  if (!flags.dryRun) await applyLock(inputs, lock);
  const changes = await logs;
  const plain = changes.map((change) => renderChange(change, painter(false))).join("\n");
  if (flags.commit && !flags.dryRun && changes.length > 0) await commitLock(inputs.flake.root, plain, terminal);
  if (flags.json) terminal.print(JSON.stringify({ changes: changes.map(changeData) }));
  else terminal.print(changes.length > 0 ? renderChanges(changes, terminal.color) : nothingNew(lock));
  return exitStatus.done;
}

function renderChanges(changes: readonly LockChange[], color: boolean): string {
  return changes.map((change) => renderChange(change, painter(color))).join("\n");
}

function nothingNew(lock: Lockfile): string {
  return `Nothing newer: ${counted(Object.keys(lock.inputs).length, "input")}`;
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
