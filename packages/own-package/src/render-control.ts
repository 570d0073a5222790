import type { OwnCandidate } from "@firn/package-manager";

/** Renders what a package says of itself, as Debian's packages do. @param size what it takes on a machine, in KiB */
export function renderControl(candidate: OwnCandidate, size: number): string {
  const fields: readonly (readonly [name: string, value: string])[] = [
    ["Package", candidate.name],
    ["Version", candidate.version],
    ["Architecture", candidate.architecture],
    ["Maintainer", "Firn <firn@localhost>"],
    ["Installed-Size", `${size}`],
    ["Depends", candidate.depends.join(", ")],
    ["Provides", candidate.provides.join(", ")],
    ["Conflicts", candidate.conflicts.join(", ")],
    ["Replaces", candidate.replaces.join(", ")],
    ["Section", "local"],
    ["Priority", "optional"],
    ["Description", candidate.summary],
  ];
  return fields.flatMap(([name, value]) => (value === "" ? [] : [`${name}: ${value}\n`])).join("");
}
