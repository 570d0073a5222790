import type {
  InstalledPackage,
  PackageChange,
  PackagePlaces,
  PackageTarget,
  PackageToInstall,
} from "./package-target.ts";

/** A package for a machine. */
export interface MachinePackage {
  readonly name: string;
  readonly version: string;
  /** Names. @default nothing */
  readonly needs?: readonly string[];
  /** Text by absolute path. */
  readonly files: Readonly<Record<string, string>>;
}

/** How a script ended. */
export interface ScriptEnd {
  readonly status: number;
  /** Both streams. */
  readonly text: string;
}

/** A machine on which packages change; it can be made what it was at first. */
export interface TargetWorld {
  readonly target: PackageTarget;
  readonly places: PackagePlaces;
  /** Versions that the manager takes, the older first. */
  readonly versions: readonly [first: string, second: string];
  /** Makes the file of a package where `places.files` is. */
  make(wanted: MachinePackage): PackageToInstall;
  /** Runs a script with sh on the machine. @param after milliseconds after which all of it is killed; missing: never */
  run(script: string, after?: number): Promise<ScriptEnd>;
  /** Text of a file of the machine; undefined where there is none. */
  read(path: string): Promise<string | undefined>;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** File of the package that changes. */
export const toolPath = "/usr/share/firn-tool/text";

/** The work of the tests: packages, and what is done with them. */
export class Machine {
  readonly world: TargetWorld;
  readonly base: PackageToInstall;
  readonly old: PackageToInstall;
  readonly next: PackageToInstall;

  constructor(world: TargetWorld) {
    this.world = world;
    const [first, second] = world.versions;
    const tool = (version: string, text: string): PackageToInstall =>
      world.make({ name: "firn-tool", version, needs: ["firn-base"], files: { [toolPath]: text } });
    this.base = {
      ...world.make({ name: "firn-base", version: first, files: { "/usr/share/firn-base": "base\n" } }),
      isAsked: false,
    };
    this.old = tool(first, "old\n");
    this.next = tool(second, "next\n");
  }

  async installed(): Promise<readonly InstalledPackage[]> {
    const { root } = this.world.places;
    const { text } = await this.world.run(this.world.target.renderQuery(root));
    return this.world.target.parseInstalled(text) ?? [];
  }

  /** Those of the tests: "name version asked state". */
  async list(): Promise<string[]> {
    const own = (await this.installed()).filter(({ name }) => name.startsWith("firn-"));
    return own
      .map(({ isAsked, name, state, version }) => `${name} ${version} ${isAsked ? "asked" : "needed"} ${state}`)
      .toSorted();
  }

  listOf(...packages: readonly PackageToInstall[]): string[] {
    return packages
      .map(({ isAsked, name, version }) => `${name} ${version} ${isAsked ? "asked" : "needed"} installed`)
      .toSorted();
  }

  check(change: Partial<PackageChange>): Promise<ScriptEnd> {
    return this.script(this.world.target.renderCheck(full(change), this.world.places));
  }

  change(change: Partial<PackageChange>, after?: number): Promise<ScriptEnd> {
    return this.script(this.world.target.renderChange(full(change), this.world.places), after);
  }

  script(lines: readonly string[], after?: number): Promise<ScriptEnd> {
    const { target } = this.world;
    return this.world.run(["umask 022", "set -eu", target.functions, ...lines, ""].join("\n"), after);
  }
}

function full(change: Partial<PackageChange>): PackageChange {
  return { install: [], remove: [], mark: [], owned: [], ...change };
}

/** One thing that every package manager does on a machine. */
export interface TargetCase {
  readonly title: string;
  /** @param before what was installed at first */
  check(machine: Machine, before: readonly InstalledPackage[]): Promise<void>;
}
