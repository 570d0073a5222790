import { checkUnit, parseUnit } from "@firn/unit";
import { digest } from "./digest.ts";
import { renderScalar, type Settings } from "./section-type.ts";

/** What every unit says of itself. */
export interface UnitBasics {
  readonly enable: boolean;
  readonly asDropIn: boolean;
  readonly description: string;
  readonly documentation: readonly string[];
  readonly after: readonly string[];
  readonly before: readonly string[];
  readonly wants: readonly string[];
  readonly requires: readonly string[];
  readonly requisite: readonly string[];
  readonly bindsTo: readonly string[];
  readonly partOf: readonly string[];
  readonly conflicts: readonly string[];
  readonly wantedBy: readonly string[];
  readonly requiredBy: readonly string[];
  readonly aliases: readonly string[];
  readonly restartTriggers: readonly string[];
  readonly reloadTriggers: readonly string[];
  readonly unitConfig: Settings;
}

/** A section of a unit file. */
export type Section = readonly [name: string, settings: Settings];

/**
 * Renders a unit file: [Unit], the sections of its type, and [Install]; with
 * texts, beside those that the unit names itself, whose change restarts it.
 */
export function renderUnit(
  basics: UnitBasics,
  sections: readonly Section[],
  moreTriggers: readonly string[] = [],
): string {
  const install = {
    Alias: words(basics.aliases),
    RequiredBy: words(basics.requiredBy),
    WantedBy: words(basics.wantedBy),
  };
  const all: readonly Section[] = [
    ["Unit", { ...renderBasics(basics, moreTriggers), ...basics.unitConfig }],
    ...sections,
    // What is in a drop-in is not installed.
    ...(basics.asDropIn ? [] : [["Install", install] as const]),
  ];
  return all
    .map(([name, settings]) => renderSection(name, settings))
    .filter((text) => text !== "")
    .join("\n");
}

function renderBasics(basics: UnitBasics, moreTriggers: readonly string[]): Settings {
  const { description, documentation, reloadTriggers, restartTriggers } = basics;
  return {
    Description: description === "" ? [] : description,
    Documentation: words(documentation),
    Requires: words(basics.requires),
    Requisite: words(basics.requisite),
    Wants: words(basics.wants),
    BindsTo: words(basics.bindsTo),
    PartOf: words(basics.partOf),
    Conflicts: words(basics.conflicts),
    Before: words(basics.before),
    After: words(basics.after),
    "X-Restart-Triggers": [...restartTriggers, ...moreTriggers].map(renderTrigger),
    "X-Reload-Triggers": reloadTriggers.map(renderTrigger),
  };
}

/** Lists names in one setting; no setting at all without names, since an empty one would take back others. */
function words(names: readonly string[]): string | readonly string[] {
  return names.length === 0 ? [] : [...new Set(names)].join(" ");
}

/** Letters up to which a trigger stands in a unit as it is. */
const longestTrigger = 64;

/** Writes a text as one line that ends with neither a space nor a backslash, which would go on in the next line. */
function renderTrigger(text: string): string {
  return text.length > longestTrigger ? digest(text) : JSON.stringify(text);
}

function renderSection(name: string, settings: Settings): string {
  const lines = Object.entries(settings).flatMap(([key, value]) =>
    [value].flat().map((each) => `${key}=${renderScalar(each)}\n`),
  );
  return lines.length === 0 ? "" : `[${name}]\n${lines.join("")}`;
}

/** A unit as it is to be checked. */
export interface WholeUnit {
  readonly basics: Pick<UnitBasics, "asDropIn" | "enable">;
  readonly name: string;
  readonly text: string;
}

/** Reports what systemd would not take of a unit as a whole. */
export function assertUnit(
  assert: (condition: boolean, message: string) => void,
  { basics, name, text }: WholeUnit,
): void {
  if (!basics.enable || basics.asDropIn) return;
  const type = name.slice(name.lastIndexOf(".") + 1);
  for (const problem of checkUnit(type, parseUnit(text).unit)) assert(false, problem);
}
