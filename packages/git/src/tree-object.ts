import { isUtf8 } from "node:buffer";
import { problemOfEntryName } from "./entry-name.ts";

/** What an entry of a tree of git is. */
export type EntryKind = "directory" | "file" | "executable" | "link" | "submodule";

/** An entry of a tree of git. */
export interface TreeEntry {
  readonly kind: EntryKind;
  readonly name: string;
  readonly id: string;
}

/** Entries, or what is wrong with the tree as a sentence. */
export type ParsedTree =
  | { readonly entries: readonly TreeEntry[] }
  | { readonly entries?: never; readonly problem: string };

/** 100664 is in histories from before 2005; git itself takes it for 100644. */
const kinds: Readonly<Record<string, EntryKind>> = {
  "40000": "directory",
  "040000": "directory",
  "100644": "file",
  "100664": "file",
  "100755": "executable",
  "120000": "link",
  "160000": "submodule",
};

/**
 * Parses the binary form of a tree: mode, space, name, zero byte, id. A tree
 * with any entry that must not be there is refused as a whole.
 *
 * @param idBytes 20 with SHA-1, 32 with SHA-256
 */
export function parseTree(bytes: Buffer, idBytes: number): ParsedTree {
  const entries: TreeEntry[] = [];
  const names = new Set<string>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const zero = bytes.indexOf(0, space + 1);
    const next = zero + 1 + idBytes;
    if (space < at || zero < space || next > bytes.length) return { problem: "A tree is cut off" };
    const mode = bytes.toString("latin1", at, space);
    const entry = parseEntry(mode, bytes.subarray(space + 1, zero));
    if ("problem" in entry) return entry;
    if (names.has(entry.name)) return { problem: `The name ${JSON.stringify(entry.name)} is there twice` };
    names.add(entry.name);
    entries.push({ ...entry, id: bytes.toString("hex", zero + 1, next) });
    at = next;
  }
  return { entries };
}

function parseEntry(
  mode: string,
  nameBytes: Buffer,
): { readonly problem: string } | { readonly kind: EntryKind; readonly name: string } {
  const shown = JSON.stringify(nameBytes.toString());
  if (!isUtf8(nameBytes)) return { problem: `The name ${shown} is not UTF-8` };
  const name = nameBytes.toString();
  const kind = Object.hasOwn(kinds, mode) ? kinds[mode] : undefined;
  if (kind === undefined)
    return { problem: `The entry ${shown} has the mode ${JSON.stringify(mode)}, which git does not know` };
  const problem = problemOfEntryName(name);
  return problem === undefined ? { kind, name } : { problem: `The name ${shown} is refused: ${problem}` };
}
