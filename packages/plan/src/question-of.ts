import type { Manifest } from "@firn/manifest";
import { type AccountIds, readIds } from "./account-ids.ts";
import type { ActualQuestion } from "./actual.ts";
import type { Questioned } from "./planning.ts";
import type { Scope } from "./scope.ts";
import { unitQuestion } from "./unit-question.ts";

/** Says what a plan needs to know of a machine. */
export function questionOf(questioned: Questioned): ActualQuestion {
  const { desired, last, passwd = "", record, scope } = questioned;
  const { users } = readIds({ passwd, group: "" });
  const paths = new Set([...Object.keys(record.kept), ...record.made]);
  const contents = new Set<string>();
  for (const manifest of [desired, last])
    if (manifest !== undefined) addPaths(manifest, { scope, users, paths, contents });
  return { paths: [...paths], contents: [...contents], ...unitQuestion(questioned) };
}

interface Found {
  readonly scope: Scope;
  readonly users: AccountIds["users"];
  readonly paths: Set<string>;
  readonly contents: Set<string>;
}

/** Contents are asked for everywhere: what is in the way may say the same already. */
function addPaths(manifest: Manifest, { contents, paths, scope, users }: Found): void {
  if (scope.kind === "system") {
    for (const path of Object.keys(manifest.directories)) paths.add(path);
    for (const path of Object.keys(manifest.files)) contents.add(path);
  }
  for (const [user, { directories, files }] of Object.entries(manifest.homes)) {
    const home =
      scope.kind === "user"
        ? user === scope.user?.name
          ? scope.user.home
          : undefined
        : (manifest.users[user] ?? users.get(user))?.home;
    if (home === undefined) continue;
    for (const path of Object.keys(directories)) paths.add(`${home}/${path}`);
    for (const path of Object.keys(files)) contents.add(`${home}/${path}`);
  }
}
