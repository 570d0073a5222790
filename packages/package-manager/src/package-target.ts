import type { PackagePin } from "./package-pin.ts";

/** A package that a machine has. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** Whether somebody asked for it; otherwise others need it. */
  readonly isAsked: boolean;
  /** "broken": something was interrupted, and a repair or a reinstallation has to come first. */
  readonly state: "installed" | "broken";
}

/** A unit that runs, and has to do with a package. */
export interface PackageUser {
  readonly unit: string;
  readonly package: string;
  /** Whether the package has its unit file; otherwise its processes have files of the package open. */
  readonly isOwn: boolean;
}

/** A package that is to be installed, whatever version is there. */
export interface PackageToInstall extends Pick<PackagePin, "name" | "version" | "architecture" | "sha256"> {
  readonly isAsked: boolean;
}

/** From one set of packages to another; all other packages stay as they are. */
export interface PackageChange {
  readonly install: readonly PackageToInstall[];
  /** What goes; its configuration and data stay. */
  readonly remove: readonly Pick<InstalledPackage, "name" | "version" | "architecture">[];
  /** Packages whose version is right, and for which only that is to change. */
  readonly mark: readonly Pick<PackageToInstall, "name" | "architecture" | "isAsked">[];
  /** Absolute paths of files that packages leave alone, whoever puts them there. */
  readonly owned: readonly string[];
}

/** Where a change finds what it needs; shell words, quoted already. */
export interface PackagePlaces {
  /** Folder of the machine: "/" or another. */
  readonly root: string;
  /** Folder with the files to install, each named as `fileNameOf` says. */
  readonly files: string;
  /** Folder that the change may fill with what it needs to remember, empty at first. */
  readonly state: string;
  /** Folder in which a check may put what it needs meanwhile; whoever calls removes it after a kill. @default tmp of the machine */
  readonly scratch?: string;
}

/** Paths that belonged to others while packages came, and are to have what packages have for them. */
export interface GivenUp {
  /** Absolute. What is there stays, unless it is what an earlier version of the package had. */
  readonly paths: readonly string[];
  /**
   * Names of packages that nobody else had a hand in. Of others, a configuration
   * file that is missing was removed by whoever has the machine, and stays so;
   * and another file that is there may have been changed, and stays, too.
   */
  readonly brought: readonly string[];
}

/**
 * A package manager, from the side of a machine: texts for `sh`, which need
 * the manager itself, coreutils and tar. All that changes something can be
 * killed at any moment and run again.
 */
export interface PackageTarget {
  /** Script that prints what is installed, as `parseInstalled` reads it; needs no root. Prints nothing where there is no such manager. @param root shell word */
  renderQuery(root: string): string;
  /** Reads what that script printed; undefined when the manager is not there. */
  parseInstalled(text: string): readonly InstalledPackage[] | undefined;
  /** Script that prints which units run that have to do with some installed packages, as `parseUsers` reads it. @param names without architecture */
  renderUsersQuery(names: readonly string[]): string;
  /** Reads what that script printed. */
  parseUsers(text: string): readonly PackageUser[];
  /** Script that prints which units would be started by packages that are not installed yet, as `parseStarts` reads it. @param files of the packages, as shell words */
  renderStartsQuery(files: readonly string[]): string;
  /** Reads what that script printed: units for each of the files, in their order. */
  parseStarts(text: string): readonly (readonly string[])[];
  /** Name of the file of a package within `PackagePlaces.files`. */
  fileNameOf(pin: Pick<PackagePin, "name" | "version" | "architecture">): string;
  /** Functions that the lines below call. They use no name that does not start with "packages_". */
  readonly functions: string;
  /** Lines that fail, saying why, when the change cannot be made: the manager is locked or missing, something would have to go that may not. They change nothing. */
  renderCheck(change: PackageChange, places: PackagePlaces): readonly string[];
  /**
   * Lines that keep, in `places.state`, whatever is needed to take the change back
   * without a network: files of packages that are replaced or removed. `known` are
   * those whose files will be at hand.
   */
  renderKeep(change: PackageChange, places: PackagePlaces, known: readonly PackageToInstall[]): readonly string[];
  /** Lines that make the change, starting no service and asking nothing; what a kill left is repaired first. They fail unless the set is then exactly what was wanted. */
  renderChange(change: PackageChange, places: PackagePlaces): readonly string[];
  /**
   * Lines that put at paths what installed packages have there now, of the packages
   * whose files are in `places.files`, each as a change would name it. For a path
   * of another package they print what brings it back. What they put there is
   * remembered in `places.state`, which is empty at first.
   */
  renderGiveBack(givenUp: GivenUp, places: PackagePlaces): readonly string[];
  /** Lines that remove what those have put, unless it was changed since; they can run any number of times, also without those. */
  renderTakeBack(places: PackagePlaces): readonly string[];
  /** Lines that remove what a change that was killed left of packages whose files are in `places.files`, once the way back was gone. */
  renderSweep(places: PackagePlaces): readonly string[];
}
