import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A version of a package, and its file. */
export interface PackageVersion {
  readonly version: string;
  /** Absolute. */
  readonly content: string;
}

/**
 * Packs a package of Debian again with a higher version, otherwise as it is.
 * Needs dpkg-deb, and for owners other than root to be root.
 *
 * @param file where, absolute
 */
export function makeNewerPackage({ content, version }: PackageVersion, file: string): PackageVersion {
  const root = `${file}.root`;
  const newer = `${version}+firn1`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    execFileSync("dpkg-deb", ["-R", content, root]);
    const control = join(root, "DEBIAN/control");
    writeFileSync(control, readFileSync(control, "utf8").replace(`\nVersion: ${version}\n`, `\nVersion: ${newer}\n`));
    // Something else than the version differs, too, as it does in an update.
    writeFileSync(join(root, "usr/share/firn-newer"), `${newer}\n`);
    execFileSync("dpkg-deb", ["-Znone", "-b", root, file], { stdio: ["ignore", "ignore", "pipe"] });
    return { version: newer, content: file };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
