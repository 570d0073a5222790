import { isDiagnosticError } from "@firn/diagnostic";
import type { RemoteRefs } from "@firn/input";
import type { ExportRequest, Fetcher, InputTree, Outcome, Source, TreeRequest } from "@firn/resolve";
import { type CommitHistory, type HistoryRequest, readHistory } from "./commit-history.ts";
import { inputProblem } from "./git-failure.ts";
import { type GitOptions, gitSettings } from "./git-options.ts";
import { InputTrees } from "./input-trees.ts";
import { listRemoteRefs } from "./list-remote-refs.ts";
import { Repositories } from "./repositories.ts";
import { TaskQueue } from "./task-queue.ts";

/** Reaches repositories by git. */
export interface GitFetcher extends Fetcher {
  /**
   * Writes a folder of a repository at a commit to a folder that is not there
   * yet, after its tree and its integrity are checked; it appears whole or not
   * at all. Files have the mode 0644 or 0755; whatever is below a folder
   * `node_modules` is left out. What is there already is left as it is, and not
   * checked: another process may have been faster.
   *
   * Diagnostics: those of `fetchTree`; `integrity-mismatch`; `bad-input-tree`
   * for a link that leaves the folder.
   */
  exportTree(request: ExportRequest, into: string): Promise<Outcome<InputTree>>;
  /** Reads a folder again, whatever is kept of it, and compares it: `integrity-mismatch` if it is another. */
  verify(request: TreeRequest, integrity: string): Promise<Outcome<InputTree>>;
  /** Tells whether `fetchTree` would answer without a process. */
  isCached(request: TreeRequest): boolean;
  /** Lists commits between two, newest first; undefined when that cannot be found out. */
  listCommits(request: HistoryRequest): Promise<CommitHistory | undefined>;
}

/** Opens the cache of repositories; nothing is read or made before it is needed. */
export function openGit(options: GitOptions): GitFetcher {
  const settings = gitSettings(options);
  const repositories = new Repositories(settings);
  const trees = new InputTrees(repositories);
  const slots = new TaskQueue(settings.concurrency);
  const refs = new Map<string, Promise<Outcome<RemoteRefs>>>();
  const underWay = new Map<string, Promise<Outcome<InputTree>>>();
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Outcome<Value>> => toOutcome(() => slots.run(work));
  return {
    listRefs: (source: Source) =>
      remember(refs, JSON.stringify([source.git, source.mirrors]), () =>
        inTurn(() => listRemoteRefs(repositories, source)),
      ),
    fetchTree: async (request) => {
      const kept = await trees.find(request);
      if (kept !== undefined) return { value: kept, diagnostics: [] };
      const key = JSON.stringify([request.source, request.commit, request.dir, request.submodules]);
      return remember(underWay, key, () => inTurn(() => trees.read(request)).finally(() => underWay.delete(key)));
    },
    exportTree: (request, into) => inTurn(() => trees.export(request, into)),
    verify: (request, integrity) => inTurn(() => trees.verify(request, integrity)),
    isCached: (request) => trees.has(request),
    listCommits: (request) => slots.run(() => readHistory(repositories, request)),
  };
}

/** What failed is asked for again the next time. */
function remember<Value>(
  kept: Map<string, Promise<Outcome<Value>>>,
  key: string,
  ask: () => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const found = kept.get(key);
  if (found !== undefined) return found;
  const asked = ask().then((outcome) => {
    if (outcome.value === undefined) kept.delete(key);
    return outcome;
  });
  kept.set(key, asked);
  return asked;
}

async function toOutcome<Value>(work: () => Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { value: await work(), diagnostics: [] };
  } catch (error) {
    if (isDiagnosticError(error)) return { diagnostics: error.diagnostics };
    if (!isSystemError(error)) throw error;
    const fix = "Check the permissions of that path, and the room on its disk";
    return { diagnostics: [inputProblem("fetch-failed", "use the cache of inputs", { why: [error.message], fix })] };
  }
}

/** Tells what the system refused from a mistake of ours. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error;
}
