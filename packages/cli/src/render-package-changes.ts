import type { ClosureChange, MovedPackage, SourceChange } from "@firn/lock";
import type { ClosureMember } from "@firn/package-manager";
import { counted } from "./counted.ts";
import type { PackageMove, ShownPackages } from "./package-changes.ts";
import { renderSize } from "./render-size.ts";
import type { Paint } from "./terminal.ts";

/** Renders what a lock gained: a line for each source and each closure. */
export function renderLocked({ closures, moves, sources }: ShownPackages, paint: Paint): string[] {
  return [
    ...sources.map((change) => renderSource(change, paint)),
    ...closures.flatMap((change) => renderClosure(change, { moves, paint })),
  ];
}

/** Renders what an update moved: sources, each package once, and how many there are of each kind. */
export function renderUpdated({ moves, sources }: ShownPackages, paint: Paint): string[] {
  return [
    ...sources.map((change) => renderSource(change, paint)),
    ...moves.map((move) => renderMove(move, paint)),
    ...(moves.length > 0 ? [summarize(moves)] : []),
  ];
}

function renderSource({ after, before, kind, name }: SourceChange, paint: Paint): string {
  const bold = paint("bold", name);
  if (kind === "added") return `${paint("green", "+")} ${bold} ${after?.date ?? ""}`;
  if (kind === "removed") return `${paint("red", "-")} ${bold} ${before?.date ?? ""}`;
  if (before?.date === after?.date) return `${paint("cyan", "~")} ${bold} ${after?.date ?? ""}, asked for otherwise`;
  return `${paint("cyan", "~")} ${bold} ${before?.date ?? ""} -> ${after?.date ?? ""}`;
}

function renderClosure(
  { added, kind, moved, name, removed }: ClosureChange,
  { moves, paint }: { readonly moves: readonly PackageMove[]; readonly paint: Paint },
): string[] {
  const host = `${paint("bold", name)}:`;
  if (kind === "removed") return [`${paint("red", "-")} ${host} ${counted(removed.length, "package")}`];
  const lines = [
    ...(added.length > 0 ? [`${paint("green", "+")} ${host} ${describe(added, "needed")}`] : []),
    ...moved.map((pair) => `${paint("cyan", "~")} ${host} ${renderPair(pair, moves, paint)}`),
    ...(removed.length > 0 ? [`${paint("red", "-")} ${host} ${describe(removed, "no longer needed")}`] : []),
  ];
  return lines.length > 0 ? lines : [`${paint("cyan", "~")} ${host} the same packages`];
}

/** Names the packages that were asked for themselves, and counts the others: `nginx 1.22.1-9, 12 packages needed (4.3 MiB)`. */
function describe(members: readonly ClosureMember[], others: string): string {
  const asked = members.filter(({ neededBy }) => neededBy === undefined);
  const rest = members.length - asked.length;
  const size = members.reduce((sum, each) => sum + each.size, 0);
  const parts = [
    ...asked.map(({ name, version }) => `${name} ${version}`),
    ...(rest > 0 ? [`${counted(rest, "package")} ${others}`] : []),
  ];
  return `${parts.join(", ")} (${renderSize(size)})`;
}

function renderPair({ after, before }: MovedPackage, moves: readonly PackageMove[], paint: Paint): string {
  const move = moves.find(
    (one) => one.name === after.name && one.before === before.version && one.after === after.version,
  );
  const notes = notesOf(move ?? { kind: "updated", isSecurity: false, size: after.size }, paint);
  return `${after.name} ${before.version} -> ${after.version} (${notes.join(", ")})`;
}

function notesOf(
  { isSecurity, kind, size }: Pick<PackageMove, "isSecurity" | "kind" | "size">,
  paint: Paint,
): string[] {
  return [
    ...(size === undefined ? [] : [renderSize(size)]),
    ...(kind === "downgraded" ? ["downgrade"] : []),
    ...(isSecurity ? [paint("yellow", "security")] : []),
  ];
}

const signs = { added: "+", removed: "-", updated: "~", downgraded: "~" } as const;

const colors = { added: "green", removed: "red", updated: "cyan", downgraded: "cyan" } as const;

/** Renders what became of a package: `~ nginx 1.22.1-9 -> 1.22.1-9+deb12u1 (512.0 KiB, security; web, db)`. */
function renderMove(move: PackageMove, paint: Paint): string {
  const { after, before, closures, kind, name } = move;
  const notes = notesOf(move, paint);
  const versions = [before, after].filter((version) => version !== undefined).join(" -> ");
  const about = [...(notes.length > 0 ? [notes.join(", ")] : []), closures.join(", ")].join("; ");
  return `${paint(colors[kind], signs[kind])} ${name} ${versions} (${about})`;
}

function summarize(moves: readonly PackageMove[]): string {
  const count = (isOne: (move: PackageMove) => boolean): number => moves.filter(isOne).length;
  const kinds = (["updated", "downgraded", "added", "removed"] as const).flatMap((kind) => {
    const found = count((move) => move.kind === kind);
    return found === 0 ? [] : [`${found} ${kind}`];
  });
  const security = count(({ isSecurity }) => isSecurity);
  const size = moves.reduce((sum, each) => sum + (each.size ?? 0), 0);
  return [
    `${counted(moves.length, "package")}: ${kinds.join(", ")}`,
    ...(security > 0 ? [counted(security, "security update")] : []),
    ...(size > 0 ? [`${renderSize(size)} to fetch`] : []),
  ].join("; ");
}
