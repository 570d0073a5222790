import { isInputName } from "@firn/input";
import type { ListPin } from "@firn/package-manager";
import { isDate, isHash, isPackageWord, isRecord, isSize } from "./package-values.ts";
import type { LockProblem } from "./lock-problem.ts";
import type { SourcePin, SourceWant } from "./package-lock.ts";

/** Sources of a lock, and what is wrong with them. */
export interface CheckedSources {
  readonly sources: ReadonlyMap<string, SourcePin>;
  readonly problems: readonly LockProblem[];
}

/** Checks the pins of sources. */
export function checkSources(given: unknown): CheckedSources {
  const sources = new Map<string, SourcePin>();
  const problems: LockProblem[] = [];
  for (const [name, value] of entriesOf(given, "sources", problems)) {
    const checking = new SourceChecking(name);
    const pin = checking.check(value);
    if (pin !== undefined) sources.set(name, pin);
    problems.push(...checking.problems);
  }
  return { sources, problems };
}

/** Lists what a part of the lock has; a part that is no object is a problem. */
export function entriesOf(given: unknown, part: string, problems: LockProblem[]): [string, unknown][] {
  if (given === undefined) return [];
  if (isRecord(given)) return Object.entries(given);
  problems.push({ at: [part], fact: `"${part}" is no object`, fix: `Remove "${part}", then run: firn lock` });
  return [];
}

/** The work on one source. */
class SourceChecking {
  readonly problems: LockProblem[] = [];
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  check(value: unknown): SourcePin | undefined {
    if (!isInputName(this.#name)) this.#refuse([], `"${this.#name}" is no name of an input`, true);
    if (!isRecord(value)) return this.#refuse([], "The pin is no object");
    const { date, lists, want, ...others } = value;
    for (const key of Object.keys(others)) this.#refuse([key], `The pin has no field "${key}"`, true);
    if (!isDate(date)) this.#refuse(["date"], `"date" ${date === undefined ? "is missing" : "is no moment in UTC"}`);
    const checkedWant = this.#checkWant(want);
    const checkedLists = this.#checkLists(lists);
    if (this.problems.length > 0 || checkedWant === undefined || checkedLists === undefined || !isDate(date)) {
      return undefined;
    }
    return { want: checkedWant, date, lists: checkedLists };
  }

  #checkWant(want: unknown): SourceWant | undefined {
    if (!isRecord(want)) return this.#refuse(["want"], `"want" is ${want === undefined ? "missing" : "no object"}`);
    const { architectures, keys, snapshot, ...rest } = want;
    const [address, ...more] = Object.entries(rest).filter(([, one]) => typeof one === "string");
    if (address === undefined) return this.#refuse(["want"], '"want" has no address');
    const parts = Object.entries(rest).filter(([key]) => key !== address[0]);
    for (const [key] of more) this.#refuse(["want", key], `"want" has the address "${address[0]}" already`, true);
    for (const [key, one] of [["architectures", architectures], ["keys", keys], ...parts] as const) {
      if (!isTexts(one))
        this.#refuse(["want", key], `"want.${key}" is ${one === undefined ? "missing" : "no list of words"}`);
    }
    if (isTexts(keys) && !keys.every((key) => /^(?:[0-9A-F]{40}|[0-9A-F]{64})$/.test(key)))
      this.#refuse(["want", "keys"], '"want.keys" has what is no fingerprint');
    if (snapshot !== undefined && !isDate(snapshot))
      this.#refuse(["want", "snapshot"], '"want.snapshot" is no moment in UTC');
    if (this.problems.length > 0) return undefined;
    return {
      manager: address[0],
      address: String(address[1]),
      architectures: architectures as readonly string[], // Checked above, as is all else.
      keys: keys as readonly string[],
      ...(snapshot !== undefined && { snapshot: snapshot as string }),
      parts: Object.fromEntries(parts) as SourceWant["parts"],
    };
  }

  #checkLists(lists: unknown): Readonly<Record<string, ListPin>> | undefined {
    if (!isRecord(lists)) return this.#refuse(["lists"], `"lists" is ${lists === undefined ? "missing" : "no object"}`);
    for (const [path, list] of Object.entries(lists)) {
      const [sha256, size] = isRecord(list) ? [list["sha256"], list["size"]] : [];
      const isPin = isHash(sha256) && isSize(size) && isRecord(list) && Object.keys(list).length === 2;
      if (!isPin) this.#refuse(["lists", path], `"${path}" has not "sha256" with 64 hexadecimal digits, and "size"`);
    }
    return lists as Readonly<Record<string, ListPin>>; // Every entry was looked at.
  }

  #refuse(at: readonly string[], fact: string, isKey = false): undefined {
    const name = this.#name;
    this.problems.push({
      at: ["sources", name, ...at],
      isKey,
      input: name,
      fact,
      fix: `Remove the entry "${name}" of "sources", then run: firn lock`,
    });
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isPackageWord);
}
