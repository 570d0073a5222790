import type { ClosureMember } from "@firn/package-manager";
import type { ManagedTree } from "./manifest.ts";
import type { ManifestReading } from "./manifest-reading.ts";
import { packagesOf } from "./read-packages.ts";

/** The packages of a closure that are joined to a tree. */
export interface LockedTree {
  readonly members: readonly ClosureMember[];
  /** Names of those whose programs are wanted; the others are needed by them, or by every tree. */
  readonly asked: readonly string[];
  /** Name of its folder, 64 hexadecimal digits that follow from the packages. */
  readonly folder: string;
}

/** Trees by their owner: "homes/ada", "services/app". */
export type LockedTrees = ReadonlyMap<string, LockedTree>;

/** Where the profile of a home is, below it. */
export const profilePath = ".local/share/firn/profile";

/** Reads the trees of a host as the lock has them. */
export function readTrees(reading: ManifestReading, trees: LockedTrees): { readonly [owner: string]: ManagedTree } {
  return Object.fromEntries([...trees].map(([owner, tree]) => [owner, readTree(reading, owner, tree)]));
}

function readTree(reading: ManifestReading, owner: string, { asked, folder, members }: LockedTree): ManagedTree {
  const [kind = "", name = ""] = splitOwner(owner);
  const option = kind === "homes" ? [kind, name, "packages"] : ["systemd", kind, name, "packages"];
  for (const { name: each, source } of members)
    reading.enter(`package ${owner} ${each}`, asked.includes(each) ? [...option, each] : [], source);
  if (kind === "homes") placeProfile(reading, name, { asked, folder, option });
  const isAsked = new Set(asked);
  return { folder, packages: packagesOf(members, (each) => isAsked.has(each)) };
}

function splitOwner(owner: string): readonly string[] {
  const at = owner.indexOf("/");
  return [owner.slice(0, at), owner.slice(at + 1)];
}

interface ProfileToPlace extends Pick<LockedTree, "asked" | "folder"> {
  readonly option: readonly string[];
}

function placeProfile(reading: ManifestReading, user: string, { asked, folder, option }: ProfileToPlace): void {
  const content = reading.contents.hashText(["profile", folder, ...asked].join("\n"));
  reading.placements.push({
    user,
    path: profilePath,
    option,
    state: { kind: "profile", tree: `homes/${user}`, folder: content },
    takeOver: false,
  });
}

/** Renders the settings by which a service runs in a tree of the current generation; the last of a unit file. */
export function renderTreeSettings({ folder, members }: LockedTree, state: string): string {
  const hasLanguages = members.some(({ name }) => name === "locales-all");
  const lines = [
    "",
    "[Service]",
    `BindReadOnlyPaths=${state}/current/generation/trees/${folder}/usr:/usr`,
    // Programs would say with every start that they do not know the machine's language.
    ...(hasLanguages ? [] : ["Environment=LC_ALL=C.UTF-8"]),
    "",
  ];
  return lines.join("\n");
}
