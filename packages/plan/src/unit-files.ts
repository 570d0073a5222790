import type { Manifest } from "@firn/manifest";
import type { Scope } from "./scope.ts";

/** What a manifest has of one unit. */
export interface UnitFiles {
  /** Content of the unit file, "masked" for a link to /dev/null; missing when there are only drop-ins or links. */
  readonly file?: string;
  /** Contents of drop-ins, by file name in order. */
  readonly dropIns: readonly string[];
  /** Units that want or require it, by links of Firn. */
  readonly wantedBy: readonly string[];
}

/** Units by name. */
export type Units = ReadonlyMap<string, UnitFiles>;

interface FileOfUnit {
  readonly kind: string;
  readonly content?: string;
  readonly target?: string;
}

/** Lists the units of the system manager that a manifest defines or changes. */
export function systemUnits(manifest: Manifest | undefined): Units {
  return unitsBelow("/etc/systemd/system/", Object.entries(manifest?.files ?? {}));
}

/** Lists the units of all users' managers. */
export function globalUserUnits(manifest: Manifest | undefined): Units {
  return unitsBelow("/etc/systemd/user/", Object.entries(manifest?.files ?? {}));
}

/** Lists the units of one user's own. */
export function homeUnits(manifest: Manifest | undefined, user: string): Units {
  return unitsBelow(".config/systemd/user/", Object.entries(manifest?.homes[user]?.files ?? {}));
}

/** Lists the users whose managers may have units of a manifest. */
export function usersWithUnits(scope: Scope, ...manifests: readonly (Manifest | undefined)[]): string[] {
  const users = new Set(manifests.flatMap((manifest) => Object.keys(manifest?.homes ?? {})));
  return [...users].filter((user) => scope.kind === "system" || user === scope.user?.name).toSorted();
}

interface Found {
  file?: string;
  readonly dropIns: Map<string, string>;
  readonly wantedBy: Set<string>;
}

function unitsBelow(folder: string, files: readonly (readonly [string, FileOfUnit])[]): Units {
  const found = new Map<string, Found>();
  const open = (name: string): Found => {
    const known = found.get(name) ?? { dropIns: new Map(), wantedBy: new Set() };
    found.set(name, known);
    return known;
  };
  for (const [path, file] of files) {
    if (!path.startsWith(folder)) continue;
    const [first = "", second, ...rest] = path.slice(folder.length).split("/");
    if (rest.length > 0) continue;
    if (second === undefined) addUnit(first, file, open);
    else if (first.endsWith(".d")) open(first.slice(0, -".d".length)).dropIns.set(second, file.content ?? "");
    else if (/\.(?:wants|requires)$/.test(first)) open(second).wantedBy.add(first.replace(/\.(?:wants|requires)$/, ""));
  }
  return new Map(
    [...found]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, unit]) => [
        name,
        {
          ...(unit.file !== undefined && { file: unit.file }),
          dropIns: [...unit.dropIns].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, content]) => content),
          wantedBy: [...unit.wantedBy].toSorted(),
        },
      ]),
  );
}

/** A link to another unit is another name of it. */
function addUnit(name: string, { content, target }: FileOfUnit, open: (name: string) => Found): void {
  const unit = open(name);
  if (content !== undefined) unit.file = content;
  else if (target === "/dev/null") unit.file = "masked";
  else if (target !== undefined && target !== name) open(target.slice(target.lastIndexOf("/") + 1));
}
