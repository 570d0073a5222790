import type { PathState } from "./actual.ts";
import { isLinkTo, type ManagedPath } from "./managed-paths.ts";
import type { Scope } from "./scope.ts";

/** Tells whether what is at a path is what Firn puts there, mode and owner included. */
export function isAsPlaced(now: PathState, managed: ManagedPath, scope: Scope): boolean {
  const { placed } = managed;
  if (!isOurs(now, managed, scope)) return false;
  if ((placed.kind === "file" || placed.kind === "directory") && (now.kind === "file" || now.kind === "directory")) {
    return placed.mode === now.mode && (!scope.hasOwners || (placed.uid === now.uid && placed.gid === now.gid));
  }
  return true;
}

/** The same without mode and owner: whether nobody else's content would be lost. */
export function isOurs(now: PathState, { path, placed }: ManagedPath, scope: Scope): boolean {
  switch (placed.kind) {
    case "link":
      return now.kind === "symlink" && isLinkTo(now.target, { path, source: placed.source }, scope);
    case "symlink":
      return now.kind === "symlink" && now.target === placed.target;
    case "file":
      return now.kind === "file" && now.content === placed.content;
    case "directory":
      return now.kind === "directory";
  }
}

/** Tells whether two generations put the same content, or link, at a path. */
export function hasSameContent({ placed: a }: ManagedPath, { placed: b }: ManagedPath): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === "symlink") return b.kind === "symlink" && a.target === b.target;
  return a.kind === "directory" || ("content" in b && a.content === b.content);
}
