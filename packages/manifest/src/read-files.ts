import * as z from "zod";
import { checkAccount } from "./account-name.ts";
import type { SourceEntry } from "./content-reader.ts";
import { checkHomePath, checkLinkTarget, checkPath } from "./managed-path.ts";
import type { ManagedFile } from "./manifest.ts";
import type { ManifestReading, Member } from "./manifest-reading.ts";

/** Whose files are read. */
export interface FileOwner {
  /** What a name of a file stands below. @default "" */
  readonly prefix?: string;
  /** Missing: the system's, whose paths are absolute. */
  readonly home?: string;
  readonly user: string;
  readonly group: string;
}

const maybeText = z.string().nullable().default(null);
const flag = z.boolean().nullable().default(null);
const octalMode = z.string().regex(/^[0-7]{4}$/, "A mode has four octal digits, such as 0644");
/** Content that a module made of settings; `by` is the name of the option with these. */
const generatedText = z.object({ by: z.string(), text: z.string() });
const fileOption = z.object({
  enable: z.boolean().default(true),
  target: maybeText,
  text: maybeText,
  generated: generatedText.nullable().default(null),
  source: maybeText,
  to: maybeText,
  mode: octalMode.nullable().default(null),
  user: maybeText,
  group: maybeText,
  link: flag,
  executable: flag,
  takeOver: z.boolean().default(false),
});
const directoryOption = z.object({
  enable: z.boolean().default(true),
  mode: octalMode.default("0755"),
  user: maybeText,
  group: maybeText,
});

type FileOption = z.output<typeof fileOption>;
type FileMember = Member<FileOption>;

/** Reads the files at an option path. */
export function readFiles(reading: ManifestReading, path: readonly string[], owner: FileOwner): void {
  for (const member of reading.members(path, fileOption)) {
    if (member.value.enable) readFile(reading, member, owner);
  }
}

/** Reads the directories at an option path, named by their path. */
export function readDirectories(reading: ManifestReading, path: readonly string[], owner: FileOwner): void {
  for (const { name, option, value } of reading.members(path, directoryOption)) {
    if (!value.enable) continue;
    const problem = problemOfPath(name, owner) ?? problemOfOwner(value, owner);
    if (problem !== undefined) reading.refuse(option, { problem });
    else {
      reading.placements.push({
        ...place(owner, name),
        option,
        takeOver: false,
        state: { kind: "directory", mode: value.mode, ...ownerOf(value, owner) },
      });
    }
  }
}

function readFile(reading: ManifestReading, { name, option, value }: FileMember, owner: FileOwner): void {
  const target = value.target ?? `${owner.prefix ?? ""}${name}`;
  const problem = problemOfPath(target, owner) ?? problemOfOwner(value, owner) ?? problemOfContent(value);
  if (problem !== undefined) {
    reading.refuse(option, typeof problem === "string" ? { problem } : problem);
    return;
  }
  for (const { path, state } of statesOf(reading, { name, option, value }, owner)) {
    const whole = path === "" ? target : `${target}/${path}`;
    const below = path === "" ? undefined : problemOfPath(whole, owner);
    if (below !== undefined) reading.refuse(option, { problem: below });
    else reading.placements.push({ ...place(owner, whole), option, state, takeOver: value.takeOver });
  }
}

function statesOf(
  reading: ManifestReading,
  { option, value }: FileMember,
  owner: FileOwner,
): { path: string; state: ManagedFile }[] {
  if (value.to !== null) return [{ path: "", state: { kind: "symlink", target: value.to } }];
  const entries = contentsOf(reading, value);
  if (typeof entries === "string") {
    return reading.refuse(option, { problem: `its source "${value.source}" cannot be read: ${entries}` });
  }
  return entries.map((entry) => ({ path: entry.path, state: stateOf(entry, value, owner) }));
}

function contentsOf(
  { contents }: ManifestReading,
  { generated, source, text }: FileOption,
): readonly SourceEntry[] | string {
  if (source !== null) return contents.readSource(source);
  return [{ path: "", content: contents.hashText(generated?.text ?? text ?? ""), isExecutable: false }];
}

function stateOf({ content, isExecutable }: SourceEntry, value: FileOption, owner: FileOwner): ManagedFile {
  const executable = value.executable ?? isExecutable;
  if (!isReal(value)) return { kind: "link", content, ...(executable && { executable: true }) };
  return { kind: "file", content, mode: value.mode ?? (executable ? "0755" : "0644"), ...ownerOf(value, owner) };
}

function isReal({ group, link, mode, user }: FileOption): boolean {
  return mode !== null || user !== null || group !== null || link === false;
}

function ownerOf(
  { group, user }: Pick<FileOption, "group" | "user">,
  owner: FileOwner,
): { user: string; group: string } {
  return { user: user ?? owner.user, group: group ?? owner.group };
}

function place({ home }: FileOwner, path: string): { user?: string; path: string } {
  return { ...(home !== undefined && { user: home }), path };
}

function problemOfPath(path: string, { home }: FileOwner): string | undefined {
  const problem = home === undefined ? checkPath(path) : checkHomePath(path);
  return problem === undefined ? undefined : `it cannot be at ${JSON.stringify(path)}: ${problem}`;
}

function problemOfOwner({ group, user }: Pick<FileOption, "group" | "user">, owner: FileOwner): string | undefined {
  const isOther =
    owner.home !== undefined && ((user ?? owner.user) !== owner.user || (group ?? owner.group) !== owner.group);
  if (isOther) return `what is in a home belongs to "${owner.user}"`;
  return [user, group].flatMap((name) => (name === null ? [] : (checkAccount(name) ?? []))).at(0);
}

function problemOfContent(value: FileOption): { problem: string; why?: string[]; fix: string } | string | undefined {
  const given: string[] = (["text", "source", "to"] as const).filter((field) => value[field] !== null);
  if (value.generated !== null) given.push(value.generated.by);
  if (given.length !== 1) {
    return {
      problem: given.length === 0 ? "it has no content" : `it has several contents: ${given.join(" and ")}`,
      fix: 'Give exactly one of "text", "source" and "to"',
    };
  }
  if (value.to !== null) {
    const problem = checkLinkTarget(value.to);
    if (problem !== undefined) return problem;
    if (isReal(value) || value.executable !== null) {
      return { problem: "a symbolic link has neither mode nor owner", fix: 'Give only "to"' };
    }
  }
  if (value.link === true && isReal(value)) {
    return {
      problem: "a link into the generation has neither mode nor owner",
      why: ["All contents of a generation belong to root, and everyone may read them"],
      fix: 'Remove "link", or the mode and the owner',
    };
  }
  return isContradictory(value) ? `its mode ${value.mode} and its "executable" contradict each other` : undefined;
}

function isContradictory({ executable, mode }: FileOption): boolean {
  return mode !== null && executable !== null && ((Number.parseInt(mode, 8) & 0o111) !== 0) !== executable;
}
