import { similarNames } from "@firn/diagnostic";
import { findKind, findSections, listSettings, sectionNames } from "./setting-kinds.ts";
import { checkOfKind } from "./value-kinds.ts";
import type { ValueCheck } from "./value-check.ts";

const checks = new Map<string, ValueCheck>();

/**
 * Says what systemd would not take of a setting of a section such as
 * "Service"; undefined when it takes it. Sections and settings that start with
 * "X-" are free. Settings newer than systemd 252 are known by name only.
 */
export function checkSetting(section: string, key: string, value: string): string | undefined {
  if (section.startsWith("X-") || key.startsWith("X-")) return undefined;
  if (!sectionNames.includes(section)) return describeSection(section);
  const kind = findKind(section, key);
  return kind === undefined ? describeUnknown(section, key) : findCheck(kind)(value.trim());
}

/** Made when a setting of its kind is first seen: few of them are, in one configuration. */
function findCheck(kind: string): ValueCheck {
  const check = checks.get(kind) ?? checkOfKind(kind);
  checks.set(kind, check);
  return check;
}

function describeSection(section: string): string {
  return `systemd knows no section [${section}]: there are ${sectionNames.map((name) => `[${name}]`).join(", ")}, and [X-...] for other programs`;
}

function describeUnknown(section: string, key: string): string {
  const places = findSections(key);
  if (places.length > 0)
    return `systemd knows no ${key} in [${section}]: it belongs in ${places.map((name) => `[${name}]`).join(", ")}`;
  const names = similarNames(key, listSettings(section));
  const hint = names.length === 0 ? "" : `; similar are ${names.map((name) => `"${name}"`).join(", ")}`;
  return `systemd knows no ${key} in [${section}]${hint}`;
}
