import type { FlakeManifest, SourceDeclaration } from "@firn/input";
import {
  type Closure,
  findClosure,
  findSource,
  type PackageLock,
  packageLockOf,
  type SourcePin,
  type SourceWant,
} from "@firn/lock";
import {
  type ClosureMember,
  type ClosureRequest,
  isTreeName,
  type LockedSource,
  type PackageAnswer,
  type PackageManager,
} from "@firn/package-manager";
import { type ClosureBasis, basisOf, isMadeFrom, keyOf, sourcesOf, staleClosure } from "./closure-state.ts";
import {
  atRequest,
  atSource,
  isPackageError,
  type LockPackagesProblem,
  noSources,
  olderState,
  staleSource,
  surplusEntry,
  unknownManager,
  unknownSource,
} from "./package-problem.ts";
import { resolveOnce, resolveTree } from "./resolve-tree.ts";
import { isOlder, isSameWant, listsOf, wantOf } from "./source-state.ts";

/** A package manager, from the side of a flake. */
export type PackageResolver = Omit<PackageManager, "target">;

/** What packages are locked from, and what may change. */
export interface LockPackagesRequest {
  /** Those of the root's flake.yaml; their keyrings are absolute paths. */
  readonly sources: FlakeManifest["sources"];
  /** What the lock has. All that is still asked for stays as it is, and costs nothing. */
  readonly previous: PackageLock;
  readonly requests: readonly ClosureRequest[];
  /** Closures that stay as they are, since nobody knows whether and how they are asked for. @default none */
  readonly kept?: readonly string[];
  /** Sources whose state is read anew. @default none */
  readonly update?: "all" | readonly string[];
  /** By name; missing when nothing may be read: what would have to be is then `stale-lock`. */
  readonly managers?: ReadonlyMap<string, PackageResolver>;
}

/** What a lock says of packages, or why there is none. */
export interface LockPackagesOutcome {
  /** Missing when there is an error among the problems. */
  readonly packages?: PackageLock;
  readonly problems: readonly LockPackagesProblem[];
}

/**
 * Locks the packages of a flake: pins sources that have no state yet, and finds
 * the closures that are asked for otherwise than the lock has them. The others
 * stay as they are, to the byte, as do the states of sources that nobody updates.
 *
 * Problems: `stale-lock` without managers, `bad-source` for a source whose state
 * is older than the locked one, `unknown-input`, `unknown-package`, and those of
 * the managers.
 */
export function lockPackages(request: LockPackagesRequest): Promise<LockPackagesOutcome> {
  return new PackageLocking(request).run();
}

/** Closures that are resolved at the same time; each may take a process and its memory. */
const mostAtOnce = 3;

class PackageLocking {
  readonly #request: LockPackagesRequest;
  readonly #pins = new Map<string, SourcePin>();
  /** Sources that have another state than before. */
  readonly #moved = new Set<string>();
  readonly #problems: LockPackagesProblem[] = [];
  /** By basis: hosts of a fleet often ask for the same. */
  readonly #answers = new Map<string, Promise<PackageAnswer<readonly ClosureMember[]>>>();

  constructor(request: LockPackagesRequest) {
    this.#request = request;
  }

  async run(): Promise<LockPackagesOutcome> {
    const { kept = [], previous, requests, sources } = this.#request;
    await Promise.all(Object.entries(sources).map(([name, declaration]) => this.#lockSource(name, declaration)));
    if (this.#problems.some(isPackageError)) return { problems: this.#inOrder() };
    const closures = new Map<string, Closure>();
    for (const name of kept) {
      const closure = findClosure(previous, name);
      const isWhole = closure?.sources.every((source) => this.#pins.has(source.name)) === true;
      if (closure !== undefined && isWhole) closures.set(name, closure);
    }
    const waiting = [...requests];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const closure = await this.#lockClosure(next);
        if (closure !== undefined) closures.set(next.name, closure);
      }
    };
    await Promise.all(Array.from({ length: mostAtOnce }, work));
    this.#findSurplus(closures);
    const problems = this.#inOrder();
    if (problems.some(isPackageError)) return { problems };
    return { packages: packageLockOf(this.#pins, closures), problems };
  }

  /** Sources answer in whatever order; closures are told in that of their names. */
  #inOrder(): readonly LockPackagesProblem[] {
    const keyOfProblem = ({ closure = "", diagnostic }: LockPackagesProblem): string =>
      `${closure}\n${diagnostic.message}`;
    return this.#problems.toSorted((one, other) => (keyOfProblem(one) < keyOfProblem(other) ? -1 : 1));
  }

  /** Where nothing may change, the lock must not have what nobody asks for either. */
  #findSurplus(closures: ReadonlyMap<string, Closure>): void {
    const { managers, previous, requests, sources } = this.#request;
    if (managers !== undefined) return;
    const asked = new Set(requests.map(({ name }) => name));
    const surplus = [
      ...Object.keys(previous.sources).filter((name) => !Object.hasOwn(sources, name)),
      ...Object.keys(previous.closures).filter((name) => !asked.has(name) && !closures.has(name)),
    ];
    for (const name of surplus) this.#problems.push(surplusEntry(name));
  }

  async #lockSource(name: string, declaration: SourceDeclaration): Promise<void> {
    const { managers, previous, update = [] } = this.#request;
    const before = findSource(previous, name);
    const want = wantOf(declaration);
    const isRight = before !== undefined && isSameWant(before.want, want);
    if (isRight && update !== "all" && !update.includes(name)) {
      this.#pins.set(name, before);
      return;
    }
    const manager = managers?.get(want.manager);
    if (managers === undefined) this.#problems.push(atSource(staleSource(name, before), declaration));
    else if (manager === undefined) this.#problems.push(atSource(unknownManager(name, want.manager), declaration));
    else await this.#readSource(name, { declaration, want, manager, ...(before && { before }) });
  }

  async #readSource(name: string, { before, declaration, manager, want }: SourceToRead): Promise<void> {
    const { problems, value } = await manager.readSource(declaration.source);
    this.#problems.push(...problems.map((problem) => atSource(problem, declaration)));
    if (value === undefined) return;
    const { date, lists } = value;
    const now: SourcePin = { want, date, lists };
    if (before !== undefined && isOlder(now, before)) {
      this.#problems.push(atSource(olderState(name, { before, now }), declaration));
      return;
    }
    this.#pins.set(name, now);
    if (JSON.stringify(listsOf(before)) !== JSON.stringify(listsOf(now))) this.#moved.add(name);
  }

  async #lockClosure(request: ClosureRequest): Promise<Closure | undefined> {
    const { managers, previous } = this.#request;
    const before = findClosure(previous, request.name);
    const basis = basisOf(request, this.#pins);
    const isMoved = basis.sources.some(({ name }) => this.#moved.has(name));
    if (before !== undefined && !isMoved && isMadeFrom(before, basis)) return before;
    if (this.#findMistakes(request)) return undefined;
    if (managers === undefined) {
      const diagnostic = staleClosure(request, { closure: before, basis, lock: previous });
      this.#problems.push({ diagnostic, closure: request.name });
      return undefined;
    }
    const { problems, value } = await this.#resolve(request, basis, managers);
    this.#problems.push(...problems.map((problem) => atRequest(problem, request)));
    return value && { ...basis, packages: value };
  }

  /** Tells whether a request cannot be met whatever sources have, and says why. */
  #findMistakes(request: ClosureRequest): boolean {
    const { asked, chosen = [], sources } = request;
    const known = sources.map(({ name }) => name).filter((name) => this.#pins.has(name));
    const mistakes = [...asked, ...chosen].flatMap((one) =>
      one.source === undefined || known.includes(one.source) ? [] : [unknownSource(one, one.source, known)],
    );
    if (known.length === 0 && asked.length > 0) mistakes.unshift(noSources(request));
    this.#problems.push(...mistakes.slice(0, 1).map((problem) => atRequest(problem, request)));
    return mistakes.length > 0;
  }

  async #resolve(
    request: ClosureRequest,
    basis: ClosureBasis,
    managers: ReadonlyMap<string, PackageResolver>,
  ): Promise<PackageAnswer<readonly ClosureMember[]>> {
    const { architecture, asked, chosen, excluded } = basis;
    const [sources, everything] = [sourcesOf(request), request.sources].map((some) =>
      some.flatMap((one) => this.#lockedSource(one)),
    );
    const manager = managers.get(sources?.[0]?.source.manager ?? "");
    if (manager === undefined || asked.length === 0 || sources === undefined) return { value: [], problems: [] };
    const { own = [] } = request;
    const wanted = { architecture, asked, ...(chosen && { chosen }), excluded, ...(own.length > 0 && { own }) };
    const key = `${String(isTreeName(request.name))} ${keyOf(basis)}`;
    const resolve = isTreeName(request.name) ? resolveTree : resolveOnce;
    const answer = this.#answers.get(key) ?? resolve(manager, { ...wanted, sources });
    this.#answers.set(key, answer);
    const found = await answer;
    if (found.value !== undefined || everything === undefined || everything.length === sources.length) return found;
    // A source that nobody named may have what is missing: then it is worth a word.
    const explained = await resolve(manager, { ...wanted, sources: everything });
    return explained.value === undefined ? explained : found;
  }

  #lockedSource({ isOnRequest, name }: { name: string; isOnRequest: boolean }): LockedSource[] {
    const [declaration, pin] = [this.#request.sources[name], this.#pins.get(name)];
    if (declaration === undefined || pin === undefined) return [];
    return [{ name, source: declaration.source, state: { date: pin.date, lists: pin.lists }, isOnRequest }];
  }
}

interface SourceToRead {
  readonly declaration: SourceDeclaration;
  readonly want: SourceWant;
  readonly manager: PackageResolver;
  readonly before?: SourcePin;
}
