import type { Actual, ActualQuestion, PathState, Scope } from "@firn/plan";
import { accountTextsOf } from "./account-texts.ts";
import { folderOf, listAskedPaths } from "./asked-paths.ts";
import { namesOfIds, parseIds } from "./busy-users.ts";
import { parseQuotedTexts } from "./c-quoted.ts";
import { hostAccessFailure } from "./host-access-failure.ts";
import { parseProbedManagers } from "./parse-probed-managers.ts";
import { isDirectoryMode, type PathFacts, pathStateOf, unreadablePath } from "./path-state.ts";
import { batchesOf, numberFolders, probeEnding, probeHeading } from "./probe-script.ts";

/** Facts about a path, and the device it is on. */
type ProbedPath = (PathFacts & { readonly device: number }) | "absent" | "unreadable";

/** Line that sha256sum prints for the empty file that separates others. */
const separatingSum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  /dev/./null";

/** What stat says where nothing of that name can be; all else means that we may not look. */
const absentReason =
  /: (?:No such file or directory|Not a directory|Too many levels of symbolic links|File name too long)$/;

/**
 * Reads what the script of `probeScript` printed for the same scope and question.
 *
 * @throws DiagnosticError "host-access-failed" when the answer is none or was cut, and for all that `readActual`
 * throws it for
 */
export function parseProbe(output: string, scope: Scope, question: ActualQuestion): Actual {
  const lines = output.split("\n");
  checkWhole(lines, scope);
  const asked = listAskedPaths(question);
  const found = parsePaths(lines, asked);
  const empty = new Set(valuesOf(lines, "empty ").map(Number));
  const sums = parseSums(lines, question.contents);
  const paths: Record<string, PathState> = {};
  const devices: Record<string, number> = {};
  for (const [index, path] of asked.entries()) {
    const facts = found.get(path) ?? "absent";
    if (typeof facts === "string") {
      paths[path] = facts === "absent" ? { kind: "absent" } : unreadablePath;
      continue;
    }
    if (isDirectoryMode(facts.mode)) devices[path] = facts.device;
    paths[path] = pathStateOf({ ...facts, isEmpty: empty.has(index), content: sums.get(path) });
  }
  const accounts = parseAccounts(lines);
  const ids = new Set(valuesOf(lines, "Uid:").flatMap((value) => parseIds(`Uid:${value}`)));
  const managers = parseProbedManagers({ lines, scope, question, passwd: accounts.passwd });
  return { paths, devices, accounts, busyUsers: namesOfIds(accounts.passwd, ids), managers };
}

function checkWhole(lines: readonly string[], { root }: Scope): void {
  const isWhole = lines[0] === probeHeading && lines.at(-2) === probeEnding && lines.at(-1) === "";
  if (isWhole) return;
  if (lines[1] === "fail root") {
    throw hostAccessFailure({
      message: `Cannot read the folder "${root}" that stands for a machine`,
      why: ["There is no such folder, or it cannot be entered"],
    });
  }
  throw hostAccessFailure({
    message: "Cannot read the machine: its answer is not whole",
    why: [
      lines[0] === probeHeading ? "The connection ended before the answer did" : "A shell there printed something else",
    ],
  });
}

function valuesOf(lines: readonly string[], prefix: string): string[] {
  return lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
}

/** Splits lines that one program printed for each batch; those of a batch end with "b". */
function splitBatches(lines: readonly string[], isOurs: (line: string) => boolean): string[][] {
  const batches: string[][] = [];
  let batch: string[] = [];
  for (const line of lines) {
    if (isOurs(line)) batch.push(line);
    if (line !== "b") continue;
    if (batch.length > 0) batches.push(batch);
    batch = [];
  }
  return batches;
}

function parsePaths(lines: readonly string[], asked: readonly string[]): Map<string, ProbedPath> {
  const numbers = numberFolders(asked);
  const lost = new Map(valuesOf(lines, "d ").map((line) => [Number.parseInt(line, 10), line.endsWith("unreadable")]));
  const found = new Map<string, ProbedPath>();
  const answers = splitBatches(lines, (line) => line.startsWith("p ") || line.startsWith("stat: "));
  for (const [index, batch] of batchesOf(asked).entries()) {
    const answer = answers[index] ?? [];
    const records = answer.filter((line) => line.startsWith("p ")).map(parseRecord);
    const reasons = answer.filter((line) => line.startsWith("stat: "));
    for (const path of batch) {
      const record = records.shift();
      if (record !== undefined && record.name !== "/.") {
        found.set(path, record.facts);
        records.shift();
        continue;
      }
      const isAbsent = absentReason.test(reasons.shift() ?? "");
      const isHidden = lost.get(numbers.get(folderOf(path)) ?? 0);
      found.set(path, (isHidden ?? !isAbsent) ? "unreadable" : "absent");
    }
  }
  return found;
}

function parseRecord(line: string): {
  readonly name: string | undefined;
  readonly facts: PathFacts & { device: number };
} {
  const [, mode = "", uid, gid, size, device] = line.split(" ");
  const [name, target] = parseQuotedTexts(line);
  return {
    name,
    facts: {
      mode: Number.parseInt(mode, 16),
      uid: Number(uid),
      gid: Number(gid),
      size: Number(size),
      device: Number(device),
      ...(target === undefined ? {} : { target }),
    },
  };
}

/** Reads sums by path. A file that is none, or could not be read, has no line before the one that separates. */
function parseSums(lines: readonly string[], contents: readonly string[]): Map<string, string> {
  const sums = new Map<string, string>();
  const answers = splitBatches(lines, (line) => /^\\?[0-9a-f]{64} [ *]/.test(line));
  for (const [index, batch] of batchesOf(contents).entries()) {
    const answer = answers[index] ?? [];
    for (const path of batch) {
      const line = answer.shift();
      if (line === undefined || line === separatingSum) continue;
      sums.set(path, line.replace(/^\\/, "").slice(0, 64));
      answer.shift();
    }
  }
  return sums;
}

function parseAccounts(lines: readonly string[]): Actual["accounts"] {
  const contents = new Map(
    valuesOf(lines, "t ").map((line) => {
      const [name = "", content = ""] = line.split(" ");
      return [name, content === "unreadable" ? null : Buffer.from(content, "base64")] as const;
    }),
  );
  return accountTextsOf((name) => contents.get(name));
}
