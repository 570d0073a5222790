import { existsSync } from "node:fs";
import { join } from "node:path";
import { isDiagnosticError } from "@firn/diagnostic";
import { isObjectId } from "@firn/input";
import type { Source } from "@firn/resolve";
import { cacheRepository, type CacheRepository, ensureRepository } from "./cache-repository.ts";
import { tryAddresses } from "./commit-access.ts";
import { UnreadableObjectError } from "./object-reader.ts";
import type { Repositories } from "./repositories.ts";
import { showSaid, showUrl } from "./shown-text.ts";

/** Which commits to list. */
export interface HistoryRequest {
  readonly source: Source;
  /** Commits that this one follows are not listed, nor itself. */
  readonly from: string;
  readonly to: string;
  /** Commits to list at most. */
  readonly limit: number;
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
  /** False when the repository itself does not have its whole history. */
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
  repositories: Repositories,
  request: HistoryRequest,
): Promise<CommitHistory | undefined> {
  const { source, from, to } = request;
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

async function downloadHistory(
  repositories: Repositories,
  { repository, task, commits }: { repository: CacheRepository; task: string; commits: readonly string[] },
): Promise<void> {
  const isKept = (commit: string): boolean => existsSync(join(repository.path, "refs", "firn", commit));
  const wanted = commits.filter((commit) => !isKept(commit));
  if (wanted.length === 0) return;
  const args = [
    "fetch",
    "--filter=tree:0",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-recurse-submodules",
    "--no-auto-maintenance",
    "--progress",
    "--",
    repository.source.url,
    // What is kept under a name need not be downloaded again.
    ...wanted.map((commit) => `${commit}:refs/firn/${commit}`),
  ];
  await repositories.run(repository, { args, stage: "fetch", task });
}

async function listCommits(
  repositories: Repositories,
  { repository, task, request }: { repository: CacheRepository; task: string; request: HistoryRequest },
): Promise<CommitHistory> {
  const range = `${request.from}..${request.to}`;
  const run = (args: readonly string[]): Promise<string> => repositories.run(repository, { args, stage: "list", task });
  const total = Number(await run(["rev-list", "--count", "--end-of-options", range, "--"]));
  const limit = Math.max(1, Math.trunc(request.limit));
  const log =
    total === 0 ? "" : await run(["log", `--max-count=${limit}`, "--format=%H%x00%s", "--end-of-options", range, "--"]);
  const commits = log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => ({ commit: line.split("\0")[0] ?? "", subject: showSaid(line.split("\0")[1] ?? "").at(-1) ?? "" }));
  return { total, isExact: !existsSync(join(repository.path, "shallow")), commits };
}
