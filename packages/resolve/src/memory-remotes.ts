import type { Diagnostic } from "@firn/diagnostic";
import type { RemoteRefs, RemoteTag } from "@firn/input";
import type { Fetcher, InputTree, LocalReader, Outcome, Source, TreeRequest } from "./fetcher.ts";

/** Text of files by path. */
type Files = Readonly<Record<string, string>>;

/** A repository that only exists in memory. */
export class MemoryRepository {
  readonly branches: Map<string, string> = new Map();
  readonly tags: Map<string, RemoteTag> = new Map();
  readonly #commits = new Map<string, Files>();

  /** Adds a commit to a branch, "main" unless told otherwise, and gives its id. */
  commit(files: Files, branch = "main"): string {
    const id = hexDigits(`${branch} ${this.#commits.size} ${JSON.stringify(files)}`, 40);
    this.#commits.set(id, files);
    this.branches.set(branch, id);
    return id;
  }

  /** Lets a tag lead to a commit, also one that led elsewhere; through a tag object when it is annotated. */
  tag(name: string, commit: string, { annotated = false }: { annotated?: boolean } = {}): void {
    this.tags.set(name, { commit, ...(annotated && { tagObject: hexDigits(`tag ${name} ${commit}`, 40) }) });
  }

  /** Adds a commit with a version's tag, and gives its id. */
  release(version: string, files: Files): string {
    const commit = this.commit(files);
    this.tag(`v${version}`, commit);
    return commit;
  }

  /** Forgets a commit, as a server does that cleaned up. */
  forget(commit: string): void {
    this.#commits.delete(commit);
  }

  find(commit: string): Files | undefined {
    return this.#commits.get(commit);
  }
}

/** Repositories by address that are fetched from memory, with a record of what was asked. */
export class MemoryRemotes implements Fetcher {
  /** Every question so far: `refs https://…`, `tree https://… COMMIT`. */
  readonly calls: string[] = [];
  readonly #repositories = new Map<string, MemoryRepository>();

  /** Makes a repository at an address. */
  add(address: string): MemoryRepository {
    const repository = new MemoryRepository();
    this.#repositories.set(address, repository);
    return repository;
  }

  async listRefs({ git, mirrors }: Source): Promise<Outcome<RemoteRefs>> {
    this.calls.push(`refs ${git}`);
    const [repository] = this.#find([git, ...mirrors]);
    if (repository === undefined) return unreachable(git);
    const head = repository.branches.get("main");
    const { branches, tags } = repository;
    return {
      value: { ...(head !== undefined && { head }), branches: new Map(branches), tags: new Map(tags) },
      diagnostics: [],
    };
  }

  async fetchTree({ source: { git, mirrors }, commit, dir }: TreeRequest): Promise<Outcome<InputTree>> {
    this.calls.push(`tree ${git} ${commit}`);
    const repositories = this.#find([git, ...mirrors]);
    if (repositories.length === 0) return unreachable(git);
    const files = repositories.map((one) => one.find(commit)).find((found) => found !== undefined);
    if (files === undefined) return missing(git, commit);
    const prefix = dir === "" ? "" : `${dir}/`;
    const within = Object.entries(files).filter(([path]) => path.startsWith(prefix));
    if (within.length === 0 && dir !== "") return noFolder(git, dir);
    const content = JSON.stringify(within.map(([path, text]) => [path.slice(prefix.length), text]).toSorted());
    const flakeFile = files[`${prefix}flake.yaml`];
    const lockFile = files[`${prefix}lockfile.json`];
    return {
      value: {
        tree: hexDigits(content, 40),
        integrity: `sha256-${hexDigits(content, 42)}A=`,
        ...(flakeFile !== undefined && { flakeFile }),
        ...(lockFile !== undefined && { lockFile }),
      },
      diagnostics: [],
    };
  }

  #find(addresses: readonly string[]): MemoryRepository[] {
    return addresses.map((address) => this.#repositories.get(address)).filter((found) => found !== undefined);
  }
}

/** Reads folders beside a root flake that only exists in memory. */
export function memoryLocal(files: Files = {}): LocalReader {
  return {
    async readTree(path) {
      const flakeFile = files[`${path}/flake.yaml`];
      const lockFile = files[`${path}/lockfile.json`];
      const tree = { ...(flakeFile !== undefined && { flakeFile }), ...(lockFile !== undefined && { lockFile }) };
      return { value: tree, diagnostics: [] };
    },
  };
}

function unreachable(git: string): { diagnostics: readonly Diagnostic[] } {
  const message = `Cannot reach ${git}`;
  return { diagnostics: [{ code: "fetch-failed", severity: "error", message, marks: [], fix: "Correct the address" }] };
}

function missing(git: string, commit: string): { diagnostics: readonly Diagnostic[] } {
  const message = `Cannot find the commit ${commit} in ${git}`;
  return { diagnostics: [{ code: "missing-commit", severity: "error", message, marks: [] }] };
}

function noFolder(git: string, dir: string): { diagnostics: readonly Diagnostic[] } {
  const message = `Cannot find the folder "${dir}" in ${git}`;
  return { diagnostics: [{ code: "bad-input-tree", severity: "error", message, marks: [] }] };
}

/** Makes hexadecimal digits that differ where texts differ, well enough for tests. */
function hexDigits(text: string, length: number): string {
  let digits = "";
  for (let seed = 0; digits.length < length; seed++) {
    let hash = 0x811c9dc5 ^ seed;
    for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    digits += hash.toString(16).padStart(8, "0");
  }
  return digits.slice(0, length);
}
