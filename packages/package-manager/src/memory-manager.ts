import { type Diagnostic, similarNames } from "@firn/diagnostic";
import { findMembers, type MemoryPackage, type Search } from "./memory-resolver.ts";
import type { PackageAnswer, PackageFacts, PackageManager, PackageProblem } from "./package-manager.ts";
import type { PackageSource, SourceState } from "./package-source.ts";
import type { PublishedPackage } from "./package-world.ts";
import { textDigest } from "./text-digest.ts";

/** What an archive has at a moment. */
interface Publication {
  readonly date: string;
  readonly packages: readonly PublishedPackage[];
  /** Whether somebody else changed it since it was signed. */
  isTampered: boolean;
}

const key = "0123456789ABCDEF0123456789ABCDEF01234567";
const listPath = "packages.json";

/** Package archives that are nowhere but in memory, and what reads them: a manager for tests of whoever uses one. */
export class MemoryArchives {
  readonly #archives = new Map<string, Publication[]>();
  /** Lists that were read once, by their digest: as a cache has them. */
  readonly #lists = new Map<string, readonly PublishedPackage[]>();

  /** Gives an archive these packages from now on, a day after what it had before. @returns how a flake names it */
  publish(archive: string, packages: readonly PublishedPackage[]): PackageSource {
    const states = this.#archives.get(archive) ?? [];
    const date = new Date(Date.UTC(2026, 0, 1 + states.length)).toISOString();
    this.#archives.set(archive, [...states, { date, packages, isTampered: false }]);
    const address = `memory://${archive}`;
    return { manager: "memory", address, mirrors: [], architectures: ["amd64"], keys: [key], parts: {} };
  }

  /** Has the newest state of an archive say something that nobody signed. */
  tamper(archive: string): void {
    const state = this.#archives.get(archive)?.at(-1);
    if (state !== undefined) state.isTampered = true;
  }

  /** Takes an archive away. */
  remove(archive: string): void {
    this.#archives.delete(archive);
  }

  /** Opens the manager that reads them. */
  open(): Omit<PackageManager, "target"> {
    return {
      name: "memory",
      base: [],
      readSource: (source) => Promise.resolve(this.#readSource(source)),
      resolve: (request) => {
        const search = { ...request, listOf: (state: SourceState) => this.#listOf(state) };
        return Promise.resolve(answerOf(findMembers(search), search));
      },
      listNames: (sources) => {
        const names = sources.flatMap(({ state }) => this.#listOf(state).map(({ name }) => name));
        return Promise.resolve({ value: [...new Set(names)].toSorted(), problems: [] });
      },
      describe: async (request) => {
        const facts = new Map<string, PackageFacts>();
        for (const asked of request.asked) {
          const alone = { ...request, asked: [asked], listOf: (state: SourceState) => this.#listOf(state) };
          const { members = [] } = await Promise.resolve(findMembers(alone));
          const pin = members.find(({ name }) => name === asked.name);
          if (pin !== undefined) facts.set(pin.name, { pin, summary: `The package ${pin.name}`, isSecurity: false });
        }
        return { value: facts, problems: [] };
      },
      compareVersions,
      addressesOf: ({ path }, { address, mirrors }) => [...mirrors, address].map((each) => `${each}/${path}`),
    };
  }

  #readSource({ address, keys, snapshot }: PackageSource): PackageAnswer<SourceState> {
    const states = this.#archives.get(address.replace("memory://", "")) ?? [];
    const state = states.findLast(({ date }) => snapshot === undefined || date <= snapshot);
    if (state === undefined) return refuse("fetch-failed", `Cannot read "${address}": it is not there`);
    if (state.isTampered || !keys.includes(key))
      return refuse("bad-source", `Cannot trust "${address}": none of its keys has signed what it says`);
    const text = JSON.stringify(state.packages);
    const sha256 = textDigest(text);
    this.#lists.set(sha256, state.packages);
    return { value: { date: state.date, lists: { [listPath]: { sha256, size: text.length } } }, problems: [] };
  }

  #listOf({ lists }: SourceState): readonly PublishedPackage[] {
    return this.#lists.get(lists[listPath]?.sha256 ?? "") ?? [];
  }
}

function answerOf(
  { conflict, lacking, members, unknown }: ReturnType<typeof findMembers>,
  { listOf, sources }: Search,
): PackageAnswer<readonly MemoryPackage[]> {
  if (unknown !== undefined) {
    const near = similarNames(unknown, [
      ...new Set(sources.flatMap(({ state }) => listOf(state).map(({ name }) => name))),
    ]);
    const fix = near.length === 0 ? {} : { fix: `Did you mean ${near.map((name) => `"${name}"`).join(" or ")}?` };
    return refuse("unknown-package", `Cannot find the package "${unknown}"`, { names: [unknown], ...fix });
  }
  if (conflict !== undefined)
    return refuse("no-solution", `Cannot have both "${conflict[0]}" and "${conflict[1]}"`, { names: conflict });
  if (lacking !== undefined) {
    const [name, needs] = lacking;
    return refuse("no-solution", `Cannot have "${name}"`, { names: [name], why: [`"${name}" needs "${needs}"`] });
  }
  return { value: members ?? [], problems: [] };
}

function refuse(
  code: Diagnostic["code"],
  message: string,
  {
    names = [],
    ...more
  }: { readonly names?: readonly string[]; readonly why?: readonly string[]; readonly fix?: string } = {},
): { readonly problems: readonly PackageProblem[] } {
  return { problems: [{ names, diagnostic: { code, severity: "error", message, marks: [], ...more } }] };
}

/** Versions are numbers with points between them. */
function compareVersions(one: string, other: string): number {
  const [parts, others] = [one, other].map((version) => version.split(".").map(Number));
  for (let index = 0; index < Math.max(parts?.length ?? 0, others?.length ?? 0); index++) {
    const difference = (parts?.[index] ?? 0) - (others?.[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}
