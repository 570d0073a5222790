import type { AccountFiles } from "./account-files.ts";
import { subordinateCount } from "./account-ids.ts";
import { listEntries, sorted } from "./account-line.ts";
import type { AccountContext } from "./account-table.ts";
import { editLines, type LineEdit } from "./edit-lines.ts";

/** Edits subuid and subgid, where there are such files; a user with a range of others needs none. */
export function editSubIds(context: AccountContext): Pick<AccountFiles, "subuid" | "subgid"> {
  const { actual } = context;
  return {
    ...(actual.subuid !== undefined && { subuid: editRanges(context, "subuid", actual.subuid) }),
    ...(actual.subgid !== undefined && { subgid: editRanges(context, "subgid", actual.subgid) }),
  };
}

function editRanges(context: AccountContext, file: "subuid" | "subgid", text: string): string {
  const { desired, memory } = context;
  const own = memory.files[file];
  const others = new Set(
    listEntries(file, text)
      .filter((fields) => !own.made.has(fields.join(":")))
      .map(([name]) => name),
  );
  const users = sorted(Object.keys(desired.users)).filter(
    (name) => desired.users[name]?.subIds === true && !others.has(name),
  );
  const wanted = new Set(users.flatMap((name) => lineFor(name, context) ?? []));
  const keep: LineEdit = (fields) => fields;
  const edits = new Map<string, LineEdit>(
    [...own.made].map((line) => [line, wanted.has(line) ? keep : () => undefined]),
  );
  for (const line of wanted) if (!own.made.has(line)) edits.set(line, (fields) => fields ?? line.split(":"));
  const edited = editLines({ file, text, made: own.made, edits });
  own.made = edited.made;
  return edited.text;
}

function lineFor(name: string, { actual, memory, ranges }: AccountContext): string | undefined {
  const known = memory.subIds.get(name);
  if (known !== undefined) return `${name}:${known}:${subordinateCount}`;
  const [first, last] = ranges.subordinate;
  const lines = [...listEntries("subuid", actual.subuid), ...listEntries("subgid", actual.subgid)];
  const ends = lines.map(([, start, count]) => Number(start) + Number(count));
  const given = [...memory.subIds.values()].map((start) => start + subordinateCount);
  const start = Math.max(first, ...ends, ...given);
  if (start + subordinateCount - 1 > last) return undefined;
  memory.subIds.set(name, start);
  return `${name}:${start}:${subordinateCount}`;
}
