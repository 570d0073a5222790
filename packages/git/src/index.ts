export { type GitFetcher, openGit } from "./open-git.ts";
export type { GitOptions, GitProgress } from "./git-options.ts";
export type { GitTimeouts } from "./run-git.ts";
export type { CommitHistory, HistoryRequest, ListedCommit } from "./commit-history.ts";
export { commitFile, type OwnRepository, setGitConfig } from "./own-repository.ts";
