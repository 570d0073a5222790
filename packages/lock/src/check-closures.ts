import { type ClosureMember, ownSource, type PackagePin, type PackageRequest } from "@firn/package-manager";
import { entriesOf } from "./check-sources.ts";
import type { PackageTable } from "./check-table.ts";
import { compareCodeUnits } from "./compare-code-units.ts";
import type { LockProblem } from "./lock-problem.ts";
import type { Closure, ClosureOrigin } from "./package-lock.ts";
import { isDate, isPackageWord, isRecord } from "./package-values.ts";
import { onRequest } from "./render-packages.ts";

/** Closures of a lock, and what is wrong with them. */
export interface CheckedClosures {
  readonly closures: ReadonlyMap<string, Closure>;
  readonly problems: readonly LockProblem[];
}

/** What closures are made of. */
export interface ClosureParts {
  /** Names of the sources that are pinned; missing when they do not matter. */
  readonly sources?: ReadonlySet<string>;
  readonly table: PackageTable;
}

/** Checks the closures of a lock, and marks what they use of the table. */
export function checkClosures(given: unknown, parts: ClosureParts): CheckedClosures {
  const closures = new Map<string, Closure>();
  const problems: LockProblem[] = [];
  for (const [name, value] of entriesOf(given, "closures", problems)) {
    const checking = new ClosureChecking(name, parts);
    const closure = checking.check(value);
    if (closure !== undefined) closures.set(name, closure);
    problems.push(...checking.problems);
  }
  return { closures, problems };
}

const fields = new Set(["architecture", "sources", "asked", "chosen", "excluded", "own", "packages"]);

/** The work on one closure. */
class ClosureChecking {
  readonly problems: LockProblem[] = [];
  readonly #name: string;
  readonly #parts: ClosureParts;

  constructor(name: string, parts: ClosureParts) {
    this.#name = name;
    this.#parts = parts;
  }

  check(value: unknown): Closure | undefined {
    if (!/^[!-~]+$/.test(this.#name)) this.#refuse([], "Its name is none of a host", true);
    if (!isRecord(value)) return this.#refuse([], "It is no object");
    const { architecture, asked, chosen, excluded = [], own, packages, sources } = value;
    for (const key of Object.keys(value)) if (!fields.has(key)) this.#refuse([key], `It has no field "${key}"`, true);
    if (!isPackageWord(architecture)) this.#refuse(["architecture"], '"architecture" is no word');
    const origins = this.#readOrigins(sources);
    const requests = this.#readRequests("asked", asked);
    const choices = chosen === undefined ? undefined : this.#readRequests("chosen", chosen);
    const isExcluded = Array.isArray(excluded) && excluded.every(isPackageWord);
    if (!isExcluded) this.#refuse(["excluded"], '"excluded" is no list of names');
    const isOwn = own === undefined || (Array.isArray(own) && own.every(isOwnWord));
    if (!isOwn) this.#refuse(["own"], '"own" is no list of names with versions');
    const members = this.#readMembers(packages, origins);
    if (this.problems.length > 0 || !isExcluded || !isPackageWord(architecture)) return undefined;
    const common = { architecture, sources: origins, asked: requests, excluded };
    const more = { ...(choices !== undefined && { chosen: choices }), ...(isOwn && own !== undefined && { own }) };
    return { ...common, ...more, packages: members };
  }

  #readOrigins(sources: unknown): readonly ClosureOrigin[] {
    if (!isRecord(sources)) {
      this.#refuse(["sources"], `"sources" is ${sources === undefined ? "missing" : "no object"}`);
      return [];
    }
    return Object.entries(sources).map(([name, text]) => {
      const [date, mark] = typeof text === "string" ? splitOnce(text) : [];
      if (!isDate(date) || (mark !== undefined && mark !== onRequest))
        this.#refuse(["sources", name], `"${name}" is not since a moment in UTC`);
      if (this.#parts.sources?.has(name) === false)
        this.#refuse(["sources", name], `The lock has no source "${name}"`, true);
      return { name, isOnRequest: mark !== undefined, date: date ?? "" };
    });
  }

  #readRequests(field: string, requests: unknown): readonly PackageRequest[] {
    if (!Array.isArray(requests)) {
      this.#refuse([field], `"${field}" is ${requests === undefined ? "missing" : "no list"}`);
      return [];
    }
    return requests.flatMap((request: unknown) => {
      if (isPackageWord(request)) return [{ name: request }];
      if (isRequest(request)) return [request];
      this.#refuse([field], `"${field}" has what is neither a name nor "name" with "source" or "version"`);
      return [];
    });
  }

  #readMembers(packages: unknown, origins: readonly ClosureOrigin[]): readonly ClosureMember[] {
    const members: ClosureMember[] = [];
    if (!isRecord(packages))
      this.#refuse(["packages"], `"packages" is ${packages === undefined ? "missing" : "no object"}`);
    else
      for (const [source, reasons] of Object.entries(packages)) {
        if (source !== ownSource && !origins.some(({ name }) => name === source))
          this.#refuse(["packages", source], `It is not made from the source "${source}"`, true);
        if (isRecord(reasons)) this.#readSource(source, reasons, members);
        else this.#refuse(["packages", source], `"${source}" is no object`);
      }
    const isSorted = members.every((one, index) => index === 0 || compareMembers(members[index - 1] ?? one, one) <= 0);
    return isSorted ? members : members.toSorted(compareMembers);
  }

  #readSource(source: string, reasons: Readonly<Record<string, unknown>>, members: ClosureMember[]): void {
    const entries = this.#parts.table.get(source);
    for (const [key, reason] of Object.entries(reasons)) {
      const entry = entries?.get(key);
      const neededBy = reason === "asked" ? undefined : readNeed(reason);
      if (entry === undefined) {
        this.#refuse(["packages", source, key], `"packages" of the lock has no "${key}" of "${source}"`, true);
      } else {
        entry.isUsed = true;
        members.push(neededBy === undefined ? entry.pin : neededAs(entry.pin, neededBy));
      }
      if (neededBy === undefined && reason !== "asked")
        this.#refuse(["packages", source, key], `"${key}" is neither "asked" nor "needed by" another`);
    }
  }

  #refuse(at: readonly string[], fact: string, isKey = false): undefined {
    const name = this.#name;
    const fix = `Remove the entry "${name}" of "closures", then run: firn lock`;
    this.problems.push({ at: ["closures", name, ...at], isKey, closure: name, fact, fix });
  }
}

/** Names each field, which is several times as quick as to copy whatever there is. */
function neededAs(
  { architecture, name, path, sha256, size, source, version }: PackagePin,
  neededBy: string,
): ClosureMember {
  return { name, version, architecture, source, sha256, size, path, neededBy };
}

/** Gives the name of the package that needs another; undefined where none is named. */
function readNeed(reason: unknown): string | undefined {
  return typeof reason === "string" && /^needed by [!-~]+$/.test(reason) ? reason.slice(10) : undefined;
}

function splitOnce(text: string): [string, string?] {
  const at = text.indexOf(" ");
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function isOwnWord(value: unknown): value is string {
  return typeof value === "string" && /^[!-~]+ [!-~]+$/.test(value);
}

function isRequest(value: unknown): value is PackageRequest {
  if (!isRecord(value)) return false;
  const { name, source, version, ...others } = value;
  const isSaying = source !== undefined || version !== undefined;
  const words = [name, source ?? "-", version ?? "-"];
  return isSaying && words.every(isPackageWord) && Object.keys(others).length === 0;
}

/** Orders packages by name, then by architecture. */
export function compareMembers(one: ClosureMember, other: ClosureMember): number {
  return compareCodeUnits(one.name, other.name) || compareCodeUnits(one.architecture, other.architecture);
}
