import { isGitRequirement } from "@firn/input";
import { describePin, isFollowsPin, isGitPin, type Pin, type PinChange } from "@firn/lock";
import { compareAddress } from "./compare-address.ts";
import { counted } from "./counted.ts";
import type { Paint } from "./terminal.ts";

/** Commits between an old pin and a new one. */
export interface ChangeLog {
  readonly total: number;
  /** Whether there are no more than were counted. */
  readonly isExact: boolean;
  /** The newest first. */
  readonly commits: readonly { readonly commit: string; readonly subject: string }[];
}

/** A change of a pin with what is known of the way there. */
export interface LockChange {
  readonly change: PinChange;
  readonly log?: ChangeLog;
}

const mostCommits = 10;

/** Renders a change: what it was, what it is, the commits between, where to read more. */
export function renderChange({ change, log }: LockChange, paint: Paint): string {
  const { path, kind, before, after } = change;
  const name = paint("bold", path);
  if (kind === "added" && after !== undefined) return `${paint("green", "+")} ${name} ${describePin(after)}`;
  if (kind === "removed" && before !== undefined) return `${paint("red", "-")} ${name} ${describePin(before)}`;
  if (before === undefined || after === undefined) return name;
  const notes = notesOf(change, log);
  const head = `${paint("cyan", "~")} ${name} ${describePin(before)} -> ${describePin(after)}${notes.length > 0 ? paint("dim", ` (${notes.join(", ")})`) : ""}`;
  return [head, ...detailLines({ change, ...(log && { log }) }, paint)].join("\n");
}

function notesOf({ before, after, isTreeSame }: PinChange, log: ChangeLog | undefined): string[] {
  return [
    ...(isDowngrade(before, after) ? ["downgrade"] : []),
    ...(log === undefined || log.total === 0
      ? []
      : [`${counted(log.total, "commit")}${log.isExact ? "" : " or more"}`]),
    ...(isTreeSame ? ["tree unchanged"] : []),
  ];
}

function detailLines({ change: { before, after }, log }: LockChange, paint: Paint): string[] {
  const commits = log?.commits ?? [];
  const address = addressOf(before, after);
  return [
    ...commits.slice(0, mostCommits).map(({ commit, subject }) => `    ${paint("dim", commit.slice(0, 9))} ${subject}`),
    ...(commits.length > mostCommits ? [`    and ${commits.length - mostCommits} more`] : []),
    ...(address === undefined ? [] : [`    ${address}`]),
  ];
}

function addressOf(before: Pin | undefined, after: Pin | undefined): string | undefined {
  if (before === undefined || after === undefined || !isGitPin(before) || !isGitPin(after)) return undefined;
  if (!isGitRequirement(after.want) || before.commit === after.commit) return undefined;
  return compareAddress(after.want.git, before, after);
}

/** Compares the numbers of versions; what comes after them does not make one older. */
function isDowngrade(before: Pin | undefined, after: Pin | undefined): boolean {
  const [old, now] = [before, after].map((pin) =>
    pin !== undefined && isGitPin(pin) && pin.version !== undefined
      ? pin.version.split(/[.+-]/).slice(0, 3).map(Number)
      : [],
  );
  const differing = (old ?? []).findIndex((part, index) => part !== now?.[index]);
  return differing >= 0 && (now?.[differing] ?? Infinity) < (old?.[differing] ?? 0);
}

/** Gives a change as plain data for `--json`. */
export function changeData({ change, log }: LockChange): object {
  const { path, kind, before, after, isTreeSame } = change;
  const compare = addressOf(before, after);
  return {
    path,
    kind,
    ...(before !== undefined && { before: pinData(before) }),
    ...(after !== undefined && { after: pinData(after) }),
    treeUnchanged: isTreeSame,
    ...(log !== undefined && { commits: log.total, commitsExact: log.isExact, log: log.commits }),
    ...(compare !== undefined && { compare }),
  };
}

function pinData(pin: Pin): object {
  if (isFollowsPin(pin)) return { follows: pin.follows };
  if (!isGitPin(pin)) return { want: pin.want };
  const { version, tag, commit } = pin;
  return { ...(version !== undefined && { version, tag }), commit };
}
