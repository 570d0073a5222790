import * as z from "zod";
import { checkFileName, stateFolders } from "./managed-path.ts";
import type { ManagedFile } from "./manifest.ts";
import type { ManifestReading, Member } from "./manifest-reading.ts";
import { type LockedTrees, renderTreeSettings } from "./read-trees.ts";

/** Options whose members are units. */
export const unitFamilies: readonly string[] = [
  "services",
  "sockets",
  "timers",
  "targets",
  "paths",
  "mounts",
  "automounts",
  "slices",
  "swaps",
  "units",
];

const names = z.array(z.string()).default([]);
const unitOption = z.object({
  enable: z.boolean().default(true),
  name: z.string(),
  text: z.string(),
  wantedBy: names,
  requiredBy: names,
  aliases: names,
  asDropIn: z.boolean().default(false),
  packages: z.record(z.string(), z.unknown()).default({}),
});

type UnitMember = Member<z.output<typeof unitOption>>;

/** Where the units of one manager go. */
export interface UnitFolder {
  /** Whose home it is below; missing: it is absolute. */
  readonly home?: string;
  readonly folder: string;
  /** Packages of services, by their owner; missing where services cannot have any. */
  readonly trees?: LockedTrees;
}

/** Reads the units below an option path. */
export function readUnits(reading: ManifestReading, path: readonly string[], folder: UnitFolder): void {
  for (const family of unitFamilies) {
    const { trees, ...others } = folder;
    const isService = family === "services" && trees !== undefined;
    for (const member of reading.members([...path, family], unitOption))
      readUnit(reading, member, isService ? folder : others);
  }
}

function readUnit(
  reading: ManifestReading,
  { name, option, value }: UnitMember,
  { folder, home, trees }: UnitFolder,
): void {
  if (trees === undefined && Object.keys(value.packages).length > 0)
    reading.refuse([...option, "packages"], onlyOfSystem);
  const problem = [value.name, ...value.wantedBy, ...value.requiredBy, ...value.aliases].flatMap(checkUnit).at(0);
  if (problem !== undefined) {
    reading.refuse(option, { problem });
    return;
  }
  const tree = trees?.get(`services/${name}`);
  const text = tree === undefined ? value.text : value.text + renderTreeSettings(tree, stateFolders.system);
  for (const [path, state] of statesOf(reading, { name, option, value: { ...value, text } }, home === undefined)) {
    reading.placements.push({
      ...(home !== undefined && { user: home }),
      path: `${folder}/${path}`,
      option,
      state,
      takeOver: false,
    });
  }
}

const onlyOfSystem = {
  problem: "only a service of the system runs with packages of its own",
  fix: "Define it in systemd.services, with User= of the user",
};

/** Lists the files of a unit, by their path below the folder of the manager. */
function statesOf(
  { contents }: ManifestReading,
  { value }: UnitMember,
  isSystem: boolean,
): readonly (readonly [string, ManagedFile])[] {
  const { aliases, asDropIn, enable, name, requiredBy, text, wantedBy } = value;
  if (!enable) return [[name, { kind: "symlink", target: "/dev/null" }]];
  const content = contents.hashText(text);
  // A real file: systemd reads it at boot, when what a link leads to may not be mounted.
  const state: ManagedFile = isSystem
    ? { kind: "file", content, mode: "0644", user: "root", group: "root" }
    : { kind: "link", content };
  const wants = (units: readonly string[], kind: string) =>
    [...new Set(units)].map((unit) => [`${unit}.${kind}/${name}`, { kind: "symlink", target: `../${name}` }] as const);
  return [
    [asDropIn ? `${name}.d/50-firn.conf` : name, state],
    ...wants(wantedBy, "wants"),
    ...wants(requiredBy, "requires"),
    ...[...new Set(aliases)].map((alias) => [alias, { kind: "symlink", target: name }] as const),
  ];
}

const unitTypes = "service|socket|device|mount|automount|swap|target|path|timer|slice|scope";
const unitName = new RegExp(`^[A-Za-z0-9:_.\\\\@-]+\\.(?:${unitTypes})$`);

function checkUnit(name: string): string[] {
  const isName = unitName.test(name) && checkFileName(name) === undefined;
  return isName ? [] : [`${JSON.stringify(name)} is no name of a unit`];
}
