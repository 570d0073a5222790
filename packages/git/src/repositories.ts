import { rename, rm } from "node:fs/promises";
import { DiagnosticError, isDiagnosticError } from "@firn/diagnostic";
import { parseSourceUrl, type SourceUrl } from "@firn/input";
import { type CacheRepository, ensureRepository, sweepRepository } from "./cache-repository.ts";
import { watchDownload } from "./download-watch.ts";
import { gitEnvironment } from "./git-environment.ts";
import { describeFailure, inputProblem } from "./git-failure.ts";
import type { GitProgress, GitSettings } from "./git-options.ts";
import { ObjectReader, UnreadableObjectError } from "./object-reader.ts";
import { LockedTooLongError, lockRepository } from "./repository-lock.ts";
import { GitCommandError, runGit } from "./run-git.ts";
import { showSaid, showUrl } from "./shown-text.ts";
import { TaskQueue } from "./task-queue.ts";
import { temporaryPath } from "./temporary-path.ts";

/** What packs may need beyond the files in them, in bytes: other folders of the repository, and its trees. */
const downloadSlack = 64 * 1024 * 1024;

/** What to run in a repository of the cache. */
export interface RepositoryCommand {
  readonly args: readonly string[];
  readonly stage: GitProgress["stage"];
  /** The end of "Cannot …", for messages. */
  readonly task: string;
}

/** The repositories of the cache, and who may write to them. */
export class Repositories {
  readonly settings: GitSettings;
  readonly #queues = new Map<string, TaskQueue>();

  constructor(settings: GitSettings) {
    this.settings = settings;
  }

  /** Parses an address once more, whoever has done so before. @throws DiagnosticError */
  parseUrl(url: string): SourceUrl {
    const { value, problem } = { problem: "", value: undefined, ...parseSourceUrl(url) };
    if (value !== undefined) return value;
    const why = [`The address is refused: ${problem}`];
    throw new DiagnosticError([inputProblem("forbidden-source", `use "${showUrl(url)}" as a source`, { why })]);
  }

  /** Starts to read objects. The caller closes the reader. */
  openReader(repository: CacheRepository): ObjectReader {
    return new ObjectReader(repository.path, this.#environment(repository));
  }

  /** Runs git, with its failure said in terms of inputs. @throws DiagnosticError */
  async run(repository: CacheRepository, { args, stage, task }: RepositoryCommand): Promise<string> {
    const { timeouts, limits, onProgress } = this.settings;
    const url = showUrl(repository.source.url);
    try {
      return await runGit({
        repository: repository.path,
        environment: this.#environment(repository),
        args,
        timeouts,
        onText: (said) => {
          const text = showSaid(said).at(-1);
          if (text !== undefined) onProgress({ url, stage, text });
        },
        ...(stage === "fetch" && { watch: watchDownload(repository.path, limits.treeBytes + downloadSlack) }),
      });
    } catch (error) {
      if (!(error instanceof GitCommandError)) throw error;
      if (isDamaged(repository, error.said)) throw new UnreadableObjectError("A pack in the cache is damaged");
      throw new DiagnosticError([describeFailure(error, task)]);
    }
  }

  /** Lets one at a time write to a repository, of all processes; the remains of those that were killed are removed. */
  async write<Value>(repository: CacheRepository, task: string, change: () => Promise<Value>): Promise<Value> {
    const queue = this.#queues.get(repository.path) ?? new TaskQueue(1);
    this.#queues.set(repository.path, queue);
    return queue.run(async () => {
      const release = await this.#lock(repository, task);
      try {
        await sweepRepository(repository);
        return await change();
      } finally {
        await release();
      }
    });
  }

  /** Downloads a commit, without its history, as a pack that is there wholly or not at all. @throws DiagnosticError */
  async download(repository: CacheRepository, commit: string): Promise<void> {
    try {
      await this.#fetch(repository, commit, [commit]);
    } catch (error) {
      if (!isMissing(error) || repository.source.transport !== "ssh") throw error;
      await this.#downloadTips(repository, commit, error);
    }
  }

  /**
   * Downloads all branches and tags, without their history. A server for ssh that
   * was not told to pass on GIT_PROTOCOL speaks the first protocol, which gives
   * no commit by its id unless a branch or tag is that very object: one behind
   * an annotated tag is not.
   */
  async #downloadTips(repository: CacheRepository, commit: string, failure: unknown): Promise<void> {
    await this.#fetch(repository, commit, ["+refs/heads/*:refs/firn/heads/*", "+refs/tags/*:refs/firn/tags/*"]);
    const reader = this.openReader(repository);
    try {
      const [info] = await reader.describe([commit]);
      if (info === undefined) throw failure;
    } finally {
      await reader.close();
    }
  }

  async #fetch(repository: CacheRepository, commit: string, wanted: readonly string[]): Promise<void> {
    const task = `fetch the commit ${commit} of "${showUrl(repository.source.url)}"`;
    const args = [
      "fetch",
      "--depth=1",
      "--no-tags",
      "--no-write-fetch-head",
      "--no-recurse-submodules",
      "--no-auto-maintenance",
      "--progress",
      "--",
      repository.source.url,
      ...wanted,
    ];
    await this.run(repository, { args, stage: "fetch", task });
  }

  /** Replaces a damaged repository by an empty one. Only within `write`. */
  async renew(repository: CacheRepository): Promise<void> {
    const aside = temporaryPath(repository.path);
    await rename(repository.path, aside);
    await ensureRepository(repository);
    await rm(aside, { recursive: true, force: true });
  }

  async #lock(repository: CacheRepository, task: string): Promise<() => Promise<void>> {
    const { timeouts, onProgress } = this.settings;
    const url = showUrl(repository.source.url);
    try {
      return await lockRepository(`${repository.path}.lock`, {
        timeout: timeouts.total,
        onWait: (pid) => onProgress({ url, stage: "wait", text: `Waiting for process ${pid}, which fetches it too` }),
      });
    } catch (error) {
      if (!(error instanceof LockedTooLongError)) throw error;
      const fix = `If that process hangs, stop it`;
      throw new DiagnosticError([inputProblem("fetch-failed", task, { why: [error.message], fix })]);
    }
  }

  #environment({ path, source }: CacheRepository): Record<string, string> {
    return gitEnvironment(this.settings.environment, { repository: path, transport: source.transport });
  }
}

function isMissing(error: unknown): boolean {
  return isDiagnosticError(error) && error.diagnostics.some(({ code }) => code === "missing-commit");
}

/** Tells what is wrong with our packs from what is wrong with the server. */
function isDamaged({ path }: CacheRepository, said: string): boolean {
  return said
    .split(/[\r\n]+/)
    .some((line) => /^error: (?:packfile|index file|file) /.test(line) && line.includes(path));
}
