import type { GitFetcher } from "@firn/git";
import { defaultCacheDirectory } from "@firn/loader";
import type { Terminal } from "./terminal.ts";

/** The part of git that commands use; loaded when something is fetched, and not before. */
export type LazyGit = Pick<GitFetcher, "listRefs" | "fetchTree" | "exportTree" | "listCommits" | "verify">;

/** Makes the fetcher of a command. */
export function lazyGit(terminal: Terminal): LazyGit {
  let opened: Promise<GitFetcher> | undefined;
  const open = (): Promise<GitFetcher> => (opened ??= openFetcher(terminal));
  return {
    listRefs: async (source) => (await open()).listRefs(source),
    fetchTree: async (request) => (await open()).fetchTree(request),
    exportTree: async (request, into) => (await open()).exportTree(request, into),
    listCommits: async (request) => (await open()).listCommits(request),
    verify: async (request, integrity) => (await open()).verify(request, integrity),
  };
}

async function openFetcher({ environment, showProgress }: Terminal): Promise<GitFetcher> {
  const { openGit } = await import("@firn/git");
  return openGit({
    cacheDirectory: defaultCacheDirectory(),
    environment,
    ...(showProgress !== undefined && {
      onProgress: ({ url, stage, text }) => showProgress(`${stage} ${url} ${text}`.trim()),
    }),
  });
}
