import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDiagnosticError } from "@firn/diagnostic";
import { isObjectId } from "@firn/input";
import type { Source } from "@firn/resolve";
import { cacheRepository, type CacheRepository, ensureRepository } from "./cache-repository.ts";
import { tryAddresses } from "./commit-access.ts";
import { UnreadableObjectError } from "./object-reader.ts";
import { Repositories } from "./repositories.ts";
import { showSaid, showUrl } from "./shown-text.ts";

/** Which commits to list. */
export interface HistoryRequest {
  readonly source: Source;
  /** Commits that this one follows are not listed, nor itself. */
  readonly from: string;
  readonly to: string;
  /** Commits to list at most. */
  readonly limit: number;
  /** Milliseconds since 1970 after which nobody waits for the answer any more. @default none */
  readonly deadline?: number;
}

/** A commit, as a line of a log. */
export interface ListedCommit {
  readonly commit: string;
  /** First line of its message, without control characters. */
  readonly subject: string;
}

/** The commits between two. */
export interface CommitHistory {
  /** How many there are; at least, if not exact. */
  readonly total: number;
  /** False when there may be more: no more than some hundred commits are looked at, and a repository may lack its history. */
  readonly isExact: boolean;
  /** Newest first. */
  readonly commits: readonly ListedCommit[];
}

/**
 * Lists commits between two; undefined when the server does not help. The
 * history is in a repository of its own, without folders and files: git may
 * download what such a repository lacks at any time, which the one that pins
 * are read from must never do.
 */
export async function readHistory(
  { settings }: Repositories,
  request: HistoryRequest,
): Promise<CommitHistory | undefined> {
  const { source, from, to, deadline = Number.POSITIVE_INFINITY } = request;
  const left = deadline - Date.now();
  if (left <= 0) return undefined;
  const { idle, total } = settings.timeouts;
  const timeouts = { idle: Math.min(idle, left), total: Math.min(total, left) };
  const repositories = new Repositories({ ...settings, timeouts });
  if (!isObjectId(from) || !isObjectId(to) || from.length !== to.length) return undefined;
  try {
    return await tryAddresses(source, async (url) => {
      const repository = cacheRepository(repositories.settings.cacheDirectory, repositories.parseUrl(url), {
        use: "history",
        objectId: to,
      });
      await ensureRepository(repository);
      const task = `list the commits of "${showUrl(url)}"`;
      return repositories.write(repository, task, async () => {
        await downloadHistory(repositories, { repository, task, commits: [from, to] });
        return listCommits(repositories, { repository, task, request });
      });
    });
  } catch (error) {
    if (isDiagnosticError(error) || error instanceof UnreadableObjectError) return undefined;
    throw error;
  }
}

/** Commits downloaded at most, from the newest back; a repository may have a million. */
const depth = 500;

async function downloadHistory(
  repositories: Repositories,
  { repository, task, commits }: { repository: CacheRepository; task: string; commits: readonly string[] },
): Promise<void> {
  const isKept = (commit: string): boolean => existsSync(join(repository.path, "refs", "firn", commit));
  if (commits.every(isKept)) return;
  const args = [
    "fetch",
    `--depth=${depth}`,
    "--filter=tree:0",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-recurse-submodules",
    "--no-auto-maintenance",
    "--progress",
    "--",
    repository.source.url,
    // What is kept under a name need not be downloaded again.
    ...commits.map((commit) => `${commit}:refs/firn/${commit}`),
  ];
  await repositories.run(repository, { args, stage: "fetch", task });
}

/** A commit with what it follows. */
interface LoggedCommit extends ListedCommit {
  readonly parents: readonly string[];
}

async function listCommits(
  repositories: Repositories,
  { repository, task, request }: { repository: CacheRepository; task: string; request: HistoryRequest },
): Promise<CommitHistory> {
  const { from, to, limit } = request;
  const most = 2 * depth;
  const args = ["log", `--max-count=${most}`, "--format=%H%x00%P%x00%s", "--end-of-options", to, from, "--"];
  const log = parseLog(await repositories.run(repository, { args, stage: "list", task }));
  const known = reachableFrom(from, log);
  const wanted = reachableFrom(to, log);
  const between = log.filter(({ commit }) => wanted.has(commit) && !known.has(commit));
  const cut = new Set(await readShallow(repository));
  return {
    total: between.length,
    // What a cut commit follows is not here; it may lead to more commits that are not before `from`.
    isExact: log.length < most && !between.some(({ commit }) => cut.has(commit)),
    commits: between.slice(0, Math.max(1, Math.trunc(limit))).map(({ commit, subject }) => ({ commit, subject })),
  };
}

function parseLog(text: string): LoggedCommit[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [commit = "", parents = "", subject = ""] = line.split("\0");
    return { commit, parents: parents.split(" "), subject: showSaid(subject).at(-1) ?? "" };
  });
}

/** Finds a commit and all before it. */
function reachableFrom(start: string, log: readonly LoggedCommit[]): ReadonlySet<string> {
  const parents = new Map(log.map((each) => [each.commit, each.parents]));
  const found = new Set([start]);
  // A set hands out what is added to it while it is gone through.
  for (const commit of found) for (const parent of parents.get(commit) ?? []) found.add(parent);
  return found;
}

/** Lists the commits whose parents were not downloaded. */
async function readShallow({ path }: CacheRepository): Promise<readonly string[]> {
  const text = await readFile(join(path, "shallow"), "utf8").catch(() => "");
  return text.split("\n");
}
