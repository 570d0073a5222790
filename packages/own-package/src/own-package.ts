import type { PackageRequest } from "@firn/package-manager";

/** A package that a flake makes itself. */
export interface OwnPackage {
  /** As the distribution names packages; one of the same name is replaced. */
  readonly name: string;
  /** That of what is packed, as "1.7"; what tells recipes apart is added to it. */
  readonly version: string;
  /** In the manager's own words. @default "all", or that of the machine that it is for when a script builds it */
  readonly architecture?: string;
  /** One line. */
  readonly summary: string;
  /** In the manager's own words, as "libc6 (>= 2.36)"; likewise those that follow. @default none */
  readonly depends?: readonly string[];
  readonly provides?: readonly string[];
  readonly conflicts?: readonly string[];
  readonly replaces?: readonly string[];
  /** By path below the folder in which it is built; "." for what fills that folder itself. */
  readonly sources?: Readonly<Record<string, OwnSource>>;
  /** @default nothing is run */
  readonly build?: OwnBuild;
  /** By path below the root of the machine, beside what the script left: "usr/bin/tool". A text is the path of a file or folder below that in which it is built. @default nothing */
  readonly install?: Readonly<Record<string, OwnInstall>>;
}

/** What a package is made from. */
export type OwnSource = FetchedSource | TextSource | FolderSource;

/** A file that is fetched. */
export interface FetchedSource {
  /** http, https or file. */
  readonly address: string;
  /** Other addresses of the same, tried before it in their order. @default none */
  readonly mirrors?: readonly string[];
  /** Of the file as it arrives: 64 hexadecimal digits. */
  readonly sha256: string;
  /** Whether it is unpacked; an archive becomes a folder, of whose paths `strip` parts are taken off. @default false */
  readonly unpack?: boolean | { readonly strip: number };
  /** Four octal digits; not for what is unpacked. @default "0644" */
  readonly mode?: string;
}

/** A file that the flake has the text of. */
export interface TextSource {
  readonly text: string;
  /** Four octal digits. @default "0644", or "0755" of what begins with "#!" */
  readonly mode?: string;
}

/** A folder or file of the flake, or of one of its inputs. */
export interface FolderSource {
  /** Where it is on the machine that builds, absolute. */
  readonly folder: string;
  /** Of its NAR serialization: 64 hexadecimal digits. */
  readonly sha256: string;
}

/** What a script makes, in a sandbox. */
export interface OwnBuild {
  /** For `sh -e`, in the folder with the sources; what it puts in `$out`, as below the root of a machine, is the package. */
  readonly script: string;
  /** What is in the sandbox's /usr, with all that they need. */
  readonly tools: readonly PackageRequest[];
  /** Variables for the script. @default none but those of every build */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What is put at a path of the package. */
export type OwnInstall = string | InstalledFile | InstalledLink;

/** A file or a folder of those in which it is built. */
export interface InstalledFile {
  readonly from: string;
  /** Four octal digits; not for a folder. @default "0755" where programs are, and of what may be run; otherwise "0644" */
  readonly mode?: string;
}

/** A symbolic link. */
export interface InstalledLink {
  /** Where it leads, as it is written in the link. */
  readonly link: string;
}
