import { DiagnosticError } from "@firn/diagnostic";
import type { RemoteRefs } from "@firn/input";
import type { Source } from "@firn/resolve";
import { cacheRepository, ensureRepository } from "./cache-repository.ts";
import { tryAddresses } from "./commit-access.ts";
import { inputProblem } from "./git-failure.ts";
import { parseRemoteRefs } from "./remote-ref-lines.ts";
import type { Repositories } from "./repositories.ts";
import { showUrl } from "./shown-text.ts";

/** Asks a repository, or its mirrors, what it offers. @throws DiagnosticError */
export async function listRemoteRefs(repositories: Repositories, source: Source): Promise<RemoteRefs> {
  return tryAddresses(source, async (url) => {
    const task = `list the tags and branches of "${showUrl(url)}"`;
    const repository = cacheRepository(repositories.settings.cacheDirectory, repositories.parseUrl(url));
    // The repository is empty so far; its configuration holds for the question too.
    await ensureRepository(repository);
    const args = ["ls-remote", "--", repository.source.url, "HEAD", "refs/heads/*", "refs/tags/*"];
    const { value, problem } = {
      problem: "",
      value: undefined,
      ...parseRemoteRefs(await repositories.run(repository, { args, stage: "list", task })),
    };
    if (value === undefined) throw new DiagnosticError([inputProblem("fetch-failed", task, { why: [problem] })]);
    return value;
  });
}
