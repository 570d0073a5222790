/** What a line of /etc/passwd says of a user. */
export interface PasswdUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** Finds the users in the text of /etc/passwd; lines that are none are left out. */
export function parsePasswd(text: string): PasswdUser[] {
  return text.split("\n").flatMap((line) => {
    const [name, , uid, gid, , home, shell] = line.split(":");
    if (!name || home === undefined || shell === undefined) return [];
    if (!/^[0-9]+$/.test(uid ?? "") || !/^[0-9]+$/.test(gid ?? "")) return [];
    return [{ name, uid: Number(uid), gid: Number(gid), home }];
  });
}
