/** What a definition of an input asks for: a repository, and what to take from it. */
export interface GitRequirement {
  /** Address of the repository, as {@link parseSourceUrl} accepts it. */
  readonly git: string;
  /** Range of versions over tags, in the syntax of node-semver; excludes `ref` and `rev`. */
  readonly semver?: string;
  /** Branch or tag: a short name, or a whole one that starts with "refs/"; excludes `semver` and `rev`. */
  readonly ref?: string;
  /** Commit: 40 or 64 hexadecimal digits; excludes `semver` and `ref`. */
  readonly rev?: string;
  /** Folder in the repository that is the input, without "." and "..". @default the whole repository */
  readonly dir?: string;
  /** What stands before the version in tags. @default `dir` and a slash, or nothing without `dir` */
  readonly tagPrefix?: string;
  /** Whether the contents of submodules belong to the input. */
  readonly submodules?: true;
  /** False for a repository that is no flake: its flake.yaml, if any, is not read. */
  readonly flake?: false;
}

/** An input that is a folder of the repository whose flake.yaml asks for it. */
export interface PathRequirement {
  /** Relative to the folder of that flake.yaml; starts with "./" or "../". */
  readonly path: string;
  readonly flake?: false;
}

/** What a definition of an input asks for. */
export type Requirement = GitRequirement | PathRequirement;

/** Tells requirements of a repository from those of a folder. */
export function isGitRequirement(requirement: Requirement): requirement is GitRequirement {
  return "git" in requirement;
}

const fields = ["git", "path", "semver", "ref", "rev", "dir", "tagPrefix", "submodules", "flake"] as const;

/**
 * Puts the fields of a requirement in their fixed order, and drops those that
 * say what holds anyway, so that equal requirements are equal as text.
 */
export function normalizeRequirement(requirement: Requirement): Requirement {
  const given: Readonly<Record<string, unknown>> = isGitRequirement(requirement)
    ? { ...normalizeFolder(requirement) }
    : { ...requirement, path: normalizePath(requirement.path) };
  const kept = fields
    .map((field) => [field, given[field]] as const)
    .filter(([field, value]) => value !== undefined && value !== (field === "flake"));
  return Object.fromEntries(kept) as unknown as Requirement; // The same fields as were given, less some.
}

/** An empty prefix beside a folder stays: it says that the tags are those of the whole repository. */
function normalizeFolder({ dir, tagPrefix, submodules, ...rest }: GitRequirement): GitRequirement {
  const folder = dir === undefined ? "" : joinParts(dir);
  const usualPrefix = folder === "" ? "" : `${folder}/`;
  return {
    ...rest,
    ...(folder !== "" && { dir: folder }),
    ...(tagPrefix !== undefined && tagPrefix !== usualPrefix && { tagPrefix }),
    ...(submodules && { submodules }),
  };
}

function normalizePath(path: string): string {
  const parts = joinParts(path);
  return parts === ".." || parts.startsWith("../") ? parts : `./${parts}`;
}

function joinParts(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

/** Tells whether two requirements ask for the same. */
export function isSameRequirement(one: Requirement, other: Requirement): boolean {
  return JSON.stringify(normalizeRequirement(one)) === JSON.stringify(normalizeRequirement(other));
}

/** Says what a requirement asks for in a few words, for messages: `^1.2 of https://git.example/core`. */
export function describeRequirement(requirement: Requirement): string {
  if (!isGitRequirement(requirement)) return requirement.path;
  const { git, semver, ref, rev, dir } = requirement;
  const what = semver ?? ref ?? rev?.slice(0, 12) ?? "the default branch";
  return `${what} of ${git}${dir === undefined ? "" : ` (${dir})`}`;
}
