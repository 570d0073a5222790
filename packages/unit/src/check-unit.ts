import { splitCommands } from "./check-exec-line.ts";
import { findValue, isFalse, isTrue, type Unit } from "./parse-unit.ts";
import { sectionNames } from "./setting-kinds.ts";
import { unitNameOfMount } from "./unit-name.ts";

/**
 * Lists what systemd would not take of a whole unit, of a type such as
 * "service"; of one that is named after a path it says more when
 * given the full name.
 */
export function checkUnit(typeOrName: string, unit: Unit): string[] {
  const type = typeOrName.slice(typeOrName.lastIndexOf(".") + 1);
  const problems = checkers[type]?.(unit, typeOrName) ?? [];
  return [...checkSections(type, unit), ...problems.filter((problem) => problem !== undefined)];
}

type Checker = (unit: Unit, name: string) => (string | undefined)[];

const checkers: { readonly [type: string]: Checker } = {
  service: checkService,
  socket: (unit) => [
    hasAny(unit, "Socket", /^Listen/)
      ? undefined
      : "A socket needs an address: ListenStream= or another Listen setting",
    isTrue(unit, "Socket", "Accept") && findValue(unit, "Socket", "Service") !== undefined
      ? "A socket with Accept=yes starts the template of its own name: Service= is not allowed"
      : undefined,
  ],
  timer: (unit) => [hasTime(unit) ? undefined : "A timer needs a time: OnCalendar=, OnBootSec= or another On setting"],
  path: (unit) => [
    hasAny(unit, "Path", /^(?:Path|DirectoryNotEmpty$)/)
      ? undefined
      : "A path unit needs a path: PathExists=, PathChanged= or another Path setting",
  ],
  mount: (unit, name) => [
    findValue(unit, "Mount", "What") === undefined ? "A mount needs something to mount: What=" : undefined,
    checkName(unit, ["Mount", "Where"], name),
  ],
  automount: (unit, name) => [checkName(unit, ["Automount", "Where"], name)],
  swap: (unit, name) => [checkName(unit, ["Swap", "What"], name)],
};

/** A type has the section of its name, if systemd has one; [Unit] and [Install] are everybody's. */
function checkSections(type: string, unit: Unit): string[] {
  const own = `${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  return sectionNames
    .filter((section) => unit.has(section) && !["Unit", "Install", own].includes(section))
    .map((section) => `systemd does not read [${section}] in a .${type} unit`);
}

function checkService(unit: Unit): (string | undefined)[] {
  const value = (key: string): string | undefined => findValue(unit, "Service", key);
  const starts = unit.get("Service")?.get("ExecStart") ?? [];
  const type = value("Type") ?? defaultType(unit, starts.length);
  const isOneshot = type === "oneshot";
  const count = starts.flatMap((line) => splitCommands(line) ?? []).length;
  return [
    starts.length === 0 ? withoutStart(unit, isOneshot) : undefined,
    count > 1 && !isOneshot ? "Only a service with Type=oneshot has more than one command to start" : undefined,
    isOneshot && ["always", "on-success"].includes(value("Restart") ?? "")
      ? `A service with Type=oneshot cannot have Restart=${value("Restart")}`
      : undefined,
    isOneshot && value("ExitType") === "cgroup" ? "A service with Type=oneshot cannot have ExitType=cgroup" : undefined,
    type === "dbus" && value("BusName") === undefined ? "A service with Type=dbus needs BusName=" : undefined,
  ];
}

function defaultType(unit: Unit, starts: number): string {
  if (findValue(unit, "Service", "BusName") !== undefined) return "dbus";
  return starts > 0 ? "simple" : "oneshot";
}

function withoutStart(unit: Unit, isOneshot: boolean): string | undefined {
  const stops = findValue(unit, "Service", "ExecStop") !== undefined;
  const action = findValue(unit, "Unit", "SuccessAction") ?? "none";
  if (!stops && action === "none") return "A service needs a command to start: ExecStart=";
  if (!isOneshot) return "Only a service with Type=oneshot does without ExecStart=";
  if (!isTrue(unit, "Service", "RemainAfterExit") && action === "none")
    return "Only a service with RemainAfterExit=yes does without ExecStart=";
  return undefined;
}

function hasAny(unit: Unit, section: string, keys: RegExp): boolean {
  return [...(unit.get(section) ?? [])].some(([key, values]) => keys.test(key) && values.length > 0);
}

function hasTime(unit: Unit): boolean {
  return [...(unit.get("Timer") ?? [])].some(
    ([key, values]) =>
      key.startsWith("On") && values.length > 0 && !(key.endsWith("Change") && isFalse(unit, "Timer", key)),
  );
}

/** Without a name, or with a path that is known on the host only, there is nothing to compare. */
function checkName(unit: Unit, [section, key]: readonly [string, string], name: string): string | undefined {
  const path = findValue(unit, section, key);
  if (path === undefined || path.includes("%") || !name.includes(".")) return undefined;
  const expected = unitNameOfMount(path).replace(/\.mount$/, `.${section.toLowerCase()}`);
  return expected === name ? undefined : `A unit with ${key}=${path} has to be called "${expected}"`;
}
