import type { UnitState } from "@firn/plan";

/** Reads the text of a unit file that is none of Firn's; undefined where there is none. */
export type UnitTextReader = (path: string) => string | undefined;

const unitName = /^[A-Za-z0-9:_.\\@-]+\.(?:service|socket|target|timer|path|mount|automount|swap|slice|scope|device)$/;

/** Instance by which systemd is made to load a template; it is never started. */
const trialInstance = "firn-asks";

const properties = [
  "Id",
  "Names",
  "LoadState",
  "ActiveState",
  "SubState",
  "FragmentPath",
  "ExecMainCode",
  "ExecMainStatus",
];

/** What ExecMainCode is for a process that exited by itself: CLD_EXITED of waitid(2). */
const exited = "1";

/**
 * Lists the arguments of `systemctl show` that ask for units. A template is asked
 * for by an instance that nobody has, and by a pattern that names its loaded ones.
 */
export function showArguments(units: readonly string[]): string[] {
  const names = units.filter(isUnitName).flatMap((name) => {
    if (!isTemplate(name)) return [name];
    const pattern = instanceOf(name, "*").replaceAll("\\", "\\\\");
    return [instanceOf(name, trialInstance), pattern];
  });
  return ["show", `--property=${properties.join(",")}`, "--", ...new Set(names)];
}

/**
 * Reads what `systemctl show` printed: the state of each unit that was asked for,
 * and of the loaded instances of templates. A name that no unit can have is "not-found".
 */
export function parseShownUnits(
  shown: string,
  units: readonly string[],
  textOf: (fragment: string) => Pick<UnitState, "text" | "hidden">,
): { readonly [name: string]: UnitState } {
  const byName = new Map<string, UnitState>();
  for (const block of shown.split(/\n{2,}/)) {
    const values = parseBlock(block);
    const id = values.get("Id");
    if (id === undefined) continue;
    const state = unitStateOf(values, textOf);
    for (const name of [id, ...(values.get("Names") ?? "").split(" ")]) byName.set(name, state);
  }
  const states: Record<string, UnitState> = {};
  for (const unit of units) {
    const asked = isTemplate(unit) ? instanceOf(unit, trialInstance) : unit;
    states[unit] = byName.get(asked) ?? { load: "not-found", active: "inactive", sub: "dead" };
  }
  const templates = new Set(units.filter(isTemplate));
  for (const [name, state] of byName) {
    const instance = /^([^@]+@)(.+)(\.[a-z]+)$/.exec(name);
    if (instance === null || instance[2] === trialInstance) continue;
    if (templates.has(`${instance[1]}${instance[3]}`)) states[name] = state;
  }
  return states;
}

/** Lists the folders of unit files of the system, those that win first. */
export const systemUnitFolders: readonly string[] = [
  "/etc/systemd/system",
  "/run/systemd/system",
  "/usr/local/lib/systemd/system",
  "/usr/lib/systemd/system",
];

/** Lists the folders of unit files of a user's manager, those that win first. */
export function userUnitFolders(home: string): string[] {
  return [
    `${home}/.config/systemd/user`,
    "/etc/systemd/user",
    "/run/systemd/user",
    `${home}/.local/share/systemd/user`,
    "/usr/local/lib/systemd/user",
    "/usr/lib/systemd/user",
  ];
}

/** Reads the text of the unit file at a path, and of the one that it hides in a folder after its own. */
export function readUnitTexts(
  fragment: string,
  folders: readonly string[],
  read: UnitTextReader,
): Pick<UnitState, "text" | "hidden"> {
  const text = read(fragment);
  const slash = fragment.lastIndexOf("/");
  // Debian 12 names its folder by the old way, through the link /lib.
  const own = folders.indexOf(fragment.slice(0, slash).replace(/^\/lib\//, "/usr/lib/"));
  const behind = own < 0 ? [] : folders.slice(own + 1);
  const hidden = behind
    .map((folder) => `${folder}${fragment.slice(slash)}`)
    .flatMap((path) => {
      const hiddenText = read(path);
      return hiddenText === undefined ? [] : [{ path, text: hiddenText }];
    })[0];
  return { ...(text === undefined ? {} : { text }), ...(hidden === undefined ? {} : { hidden }) };
}

function isUnitName(name: string): boolean {
  return name.length <= 255 && unitName.test(name) && !name.startsWith("@");
}

function isTemplate(name: string): boolean {
  return /^[^@]+@\.[a-z]+$/.test(name);
}

function instanceOf(template: string, instance: string): string {
  return template.replace("@.", `@${instance}.`);
}

function parseBlock(block: string): Map<string, string> {
  return new Map(
    block.split("\n").flatMap((line) => {
      const sign = line.indexOf("=");
      return sign < 0 ? [] : [[line.slice(0, sign), line.slice(sign + 1)] as const];
    }),
  );
}

function unitStateOf(
  values: ReadonlyMap<string, string>,
  textOf: (fragment: string) => Pick<UnitState, "text" | "hidden">,
): UnitState {
  const fragment = values.get("FragmentPath") ?? "";
  const status = values.get("ExecMainStatus") ?? "";
  return {
    load: values.get("LoadState") ?? "not-found",
    active: values.get("ActiveState") ?? "inactive",
    sub: values.get("SubState") ?? "dead",
    ...(fragment === "" ? {} : { fragment, ...textOf(fragment) }),
    ...(values.get("ExecMainCode") === exited && /^[0-9]+$/.test(status) ? { exitStatus: Number(status) } : {}),
  };
}
