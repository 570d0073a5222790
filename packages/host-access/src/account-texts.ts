import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import type { AccountFiles } from "@firn/account";
import { hostAccessFailure } from "./host-access-failure.ts";
import type { RootTree } from "./root-tree.ts";

/** The account files, by their names below /etc. */
export const accountNames = ["passwd", "group", "shadow", "gshadow", "subuid", "subgid"] as const;

/** Content of an account file; undefined when there is none, null when it cannot be read. */
export type AccountContent = Uint8Array | null | undefined;

/** Reads the account files below the root of a tree. */
export function readAccountTexts(tree: RootTree): AccountFiles {
  return accountTextsOf((name) => {
    const place = tree.follow(`/etc/${name}`);
    if (place === "unreadable") return null;
    return place === "absent" ? undefined : readPlainFile(place.real);
  });
}

/**
 * Makes texts of the contents of account files. What is not there is empty for passwd and group, and missing
 * for the others; so are others that cannot be read, as shadow for an ordinary user.
 *
 * @throws DiagnosticError "host-access-failed" when passwd or group cannot be read, or a file is not UTF-8:
 * written back it would not be what it was
 */
export function accountTextsOf(contentOf: (name: string) => AccountContent): AccountFiles {
  const texts: { [name: string]: string } = {};
  for (const name of accountNames) {
    const content = contentOf(name);
    if (content === null && (name === "passwd" || name === "group")) {
      throw hostAccessFailure({
        message: `Cannot read "/etc/${name}"`,
        why: ["Nothing can be planned without knowing users and groups"],
        fix: `chmod 644 /etc/${name}`,
      });
    }
    if (content) texts[name] = decode(name, content);
  }
  return { ...texts, passwd: texts["passwd"] ?? "", group: texts["group"] ?? "" };
}

/** Reads a file of moderate size; undefined when it is no regular file, null when it cannot be read. */
export function readPlainFile(path: string): Uint8Array | null | undefined {
  let file: number | undefined;
  try {
    // Opening a pipe must not wait for its other end.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return fstatSync(file).isFile() ? readFileSync(file) : undefined;
  } catch {
    return null;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function decode(name: string, content: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw hostAccessFailure({
      message: `Cannot read "/etc/${name}" as text`,
      why: ["It is not UTF-8, so that Firn could not write it back as it was"],
      fix: `iconv -f ISO-8859-1 -t UTF-8 /etc/${name}`,
    });
  }
}
