import { execSettings, killSettings, resourceSettings } from "./exec-settings.ts";
import {
  automountSettings,
  installSettings,
  mountSettings,
  pathSettings,
  serviceSettings,
  type SettingTable,
  socketSettings,
  swapSettings,
  timerSettings,
  unitSettings,
} from "./unit-settings.ts";

const programs = [execSettings, killSettings, resourceSettings];

const sections: { readonly [section: string]: readonly SettingTable[] } = {
  Unit: [unitSettings],
  Service: [serviceSettings, ...programs],
  Socket: [socketSettings, ...programs],
  Timer: [timerSettings],
  Path: [pathSettings],
  Mount: [mountSettings, ...programs],
  Automount: [automountSettings],
  Swap: [swapSettings, ...programs],
  Slice: [resourceSettings],
  Install: [installSettings],
};

/** The sections of unit files. */
export const sectionNames: readonly string[] = Object.keys(sections);

const kinds = new Map<SettingTable, ReadonlyMap<string, string>>();

/** Kind of the values of a setting; undefined when the section has no such setting. */
export function findKind(section: string, key: string): string | undefined {
  for (const table of sections[section] ?? []) {
    const kind = kindsOf(table).get(key);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

/** The settings of a section. */
export function listSettings(section: string): string[] {
  return (sections[section] ?? []).flatMap((table) => [...kindsOf(table).keys()]);
}

/** The sections that have a setting. */
export function findSections(key: string): string[] {
  return sectionNames.filter((section) => findKind(section, key) !== undefined);
}

/** Turned around when first asked for: a configuration needs few tables. */
function kindsOf(table: SettingTable): ReadonlyMap<string, string> {
  const known =
    kinds.get(table) ??
    new Map(Object.entries(table).flatMap(([kind, keys]) => keys.split(/\s+/).map((key) => [key, kind] as const)));
  kinds.set(table, known);
  return known;
}
