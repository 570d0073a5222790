import type { GitFetcher } from "@firn/git";
import { defaultCacheDirectory } from "@firn/loader";
import type { Terminal } from "./terminal.ts";

/** The part of git that commands use; loaded when something is fetched, and not before. */
export type LazyGit = Pick<GitFetcher, "listRefs" | "fetchTree" | "exportTree" | "listCommits" | "verify">;

/** Makes the fetcher of a command. */
export function lazyGit(terminal: Terminal): LazyGit {
  const progress = new Progress(terminal);
  let opened: Promise<GitFetcher> | undefined;
  const use = <Answer>(ask: (git: GitFetcher) => Promise<Answer>): Promise<Answer> =>
    progress.count(async () => ask(await (opened ??= openFetcher(terminal, progress))));
  return {
    listRefs: (source) => use((git) => git.listRefs(source)),
    fetchTree: (request) => use((git) => git.fetchTree(request)),
    exportTree: (request, into) => use((git) => git.exportTree(request, into)),
    listCommits: (request) => use((git) => git.listCommits(request)),
    verify: (request, integrity) => use((git) => git.verify(request, integrity)),
  };
}

async function openFetcher({ environment }: Terminal, progress: Progress): Promise<GitFetcher> {
  const { openGit } = await import("@firn/git");
  return openGit({
    cacheDirectory: defaultCacheDirectory(),
    environment,
    onProgress: ({ url, text }) => progress.show(`${url} ${text}`),
  });
}

/** Shows how many questions are answered, and what the last repository said. */
class Progress {
  readonly #terminal: Terminal;
  #asked = 0;
  #answered = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Counts a question while it is answered. */
  async count<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    this.#asked++;
    try {
      return await ask();
    } finally {
      this.#answered++;
      this.show("");
    }
  }

  show(text: string): void {
    this.#terminal.showProgress?.(
      this.#answered === this.#asked ? "" : `${this.#answered}/${this.#asked} ${text}`.trimEnd(),
    );
  }
}
