import { lstatSync, opendirSync, readlinkSync, realpathSync, type Stats } from "node:fs";
import { folderOf } from "./asked-paths.ts";
import { failureCodeOf, hostAccessFailure } from "./host-access-failure.ts";
import { shellQuoted } from "./shell-quoted.ts";

/** Why there is nothing to see at a path. */
export type Lost = "absent" | "unreadable";

/** Where a path leads when the links on the way are followed: a path of this machine, "" for its root; or why nowhere. */
export type Place = { readonly real: string } | Lost;

/** As many links as Linux follows on one way; see path_resolution(7). */
const mostLinks = 40;

/** What a failed look means when nothing of that name can be there; all else means that we may not look. */
const absentCodes: ReadonlySet<string | undefined> = new Set(["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"]);

/**
 * A folder that stands for the root of a machine: links are followed as they
 * would be there, so that none leads outside. Everything is looked at once;
 * a tree is for one reading.
 */
export class RootTree {
  /** The folder itself; "" for "/", so that a name can be added to it as to any other. */
  readonly root: string;
  readonly #looks = new Map<string, Stats | Lost>();
  readonly #directories = new Map<string, Place>();

  /** @throws DiagnosticError "host-access-failed" when there is no such folder */
  constructor(root: string) {
    this.root = realRoot(root).replace(/\/$/, "");
    this.#directories.set("/", { real: this.root });
  }

  /** Looks at what is at a place, without following a link there. */
  look(place: Place): Stats | Lost {
    return typeof place === "string" ? place : this.#lookAt(place.real);
  }

  /** Says where on this machine an absolute path within the root is, without following a link there. */
  placeOf(path: string): Place {
    if (path === "/") return { real: this.root };
    const above = this.#directoryAt(folderOf(path));
    return typeof above === "string" ? above : { real: above.real + path.slice(path.lastIndexOf("/")) };
  }

  /** Says where an absolute path within the root leads, a link there followed. */
  follow(path: string): Place {
    return this.#walk(this.root, path);
  }

  #directoryAt(path: string): Place {
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    const above = this.#directoryAt(folderOf(path));
    const place = typeof above === "string" ? above : this.#walk(above.real, path.slice(path.lastIndexOf("/") + 1));
    this.#directories.set(path, place);
    return place;
  }

  /** Goes on from a place by a path, as the kernel would if our root were its root. */
  #walk(start: string, path: string): Place {
    let real = start;
    let links = 0;
    const ahead = path.split("/").toReversed();
    for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
      const isStep = name !== "" && name !== "." && name !== "..";
      const next = isStep ? `${real}/${name}` : real;
      const look = this.#lookAt(next);
      if (typeof look === "string") return look;
      if (!isStep) {
        if (!look.isDirectory()) return "absent";
        if (name === ".." && real !== this.root) real = real.slice(0, real.lastIndexOf("/"));
      } else if (look.isSymbolicLink()) {
        if (++links > mostLinks) return "absent";
        const target = readLink(next);
        if (target.startsWith("/")) real = this.root;
        ahead.push(...target.split("/").toReversed());
      } else {
        real = next;
      }
    }
    return { real };
  }

  #lookAt(real: string): Stats | Lost {
    const known = this.#looks.get(real);
    if (known !== undefined) return known;
    const look = lookOnce(real === "" ? "/" : real);
    this.#looks.set(real, look);
    return look;
  }
}

/** Reads where a link points; "" when it has gone meanwhile. */
export function readLink(real: string): string {
  try {
    return readlinkSync(real);
  } catch {
    return "";
  }
}

/** Tells whether a directory has no entries; one that cannot be read may have some. */
export function isEmptyDirectory(real: string): boolean {
  try {
    const directory = opendirSync(real === "" ? "/" : real, { bufferSize: 1 });
    try {
      return directory.readSync() === null;
    } finally {
      directory.closeSync();
    }
  } catch {
    return false;
  }
}

function lookOnce(path: string): Stats | Lost {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? "absent";
  } catch (thrown) {
    return absentCodes.has(failureCodeOf(thrown)) ? "absent" : "unreadable";
  }
}

function realRoot(root: string): string {
  try {
    return realpathSync(root);
  } catch (thrown) {
    throw hostAccessFailure({
      message: `Cannot read the folder "${root}" that stands for a machine`,
      why: [`The system says ${failureCodeOf(thrown) ?? "that it cannot be opened"}`],
      fix: `mkdir -p ${shellQuoted(root)}`,
      cause: thrown,
    });
  }
}
