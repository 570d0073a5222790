import { DiagnosticError } from "@firn/diagnostic";
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { SwitchRecord } from "@firn/plan";
import { parseRecord } from "./switch-record.ts";

/** A generation with its number. */
export interface Numbered {
  readonly number: number;
  /** Name in the store. */
  readonly generation: string;
  /** Name of the host in the flake. */
  readonly host: string;
  /** When it was first switched to, ISO 8601. */
  readonly time: string;
  /** Commit of the flake, where it was known; ends with "+" when there were changes beyond it. */
  readonly commit?: string;
}

/** What a machine is now. */
export interface CurrentGeneration {
  readonly number: number;
  readonly generation: string;
  /** Name of the folder below `installed/`. */
  readonly installed: string;
  readonly record: SwitchRecord;
}

/** The generations of one machine. */
export interface Profile {
  /** @throws DiagnosticError "bad-state" when the folder of the state was damaged */
  current(): CurrentGeneration | undefined;
  /** By number. */
  list(): readonly Numbered[];
  /** The number that a generation has, or gets when it is new. */
  numberOf(generation: string): { readonly number: number; readonly isNew: boolean };
  /** A name for the next folder below `installed/`. */
  nextInstalled(): string;
  /** Forgets numbers; what is current stays. */
  remove(numbers: readonly number[]): void;
  /** Names of the generations that something leads to. */
  roots(): ReadonlySet<string>;
}

/** Opens the profile in the folder of a state; nothing is read before it is asked for. */
export function openProfile(state: string): Profile {
  const list = (): readonly Numbered[] => listNumbered(join(state, "generations"));
  return {
    current: () => readCurrent(state),
    list,
    numberOf: (generation) => {
      const all = list();
      const known = all.findLast((each) => each.generation === generation);
      return known === undefined
        ? { number: Math.max(0, ...all.map(({ number }) => number)) + 1, isNew: true }
        : { number: known.number, isNew: false };
    },
    nextInstalled: () =>
      `${Math.max(0, ...listNames(join(state, "installed")).map(Number).filter(Number.isInteger)) + 1}`,
    remove: (numbers) => {
      const current = readCurrent(state)?.number;
      for (const number of numbers)
        if (number !== current) rmSync(join(state, "generations", `${number}.json`), { force: true });
    },
    roots: () => new Set([...list().map(({ generation }) => generation), ...listInstalled(state)]),
  };
}

function readCurrent(state: string): CurrentGeneration | undefined {
  const link = join(state, "current");
  if (!isThere(link)) return undefined;
  const installed = basename(readlinkSync(link));
  const folder = join(state, "installed", installed);
  try {
    const record = parseRecord(readFileSync(join(folder, "record.json"), "utf8"));
    if (record === undefined) throw new Error("record.json is not one of this version of Firn");
    const number = Number(readFileSync(join(folder, "number"), "utf8"));
    return { number, installed, generation: basename(readlinkSync(join(folder, "generation"))), record };
  } catch (cause) {
    throw badState(folder, cause);
  }
}

function badState(folder: string, cause: unknown): DiagnosticError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const isForbidden = reason.includes("EACCES");
  return new DiagnosticError([
    {
      code: "bad-state",
      severity: "error",
      message: `Cannot read what is installed from "${folder}"`,
      marks: [],
      why: [reason],
      fix: isForbidden
        ? "Run it as root"
        : "Put the folder back from a backup, or remove it and its link: Firn then takes all it made for somebody else's",
      cause,
    },
  ]);
}

function listInstalled(state: string): string[] {
  const folders = ["installed", "journal", "journal.new", "committed"].flatMap((name) =>
    name === "installed"
      ? listNames(join(state, name)).map((each) => join(state, name, each))
      : [join(state, name, "installed")],
  );
  return folders.flatMap((folder) => {
    const link = join(folder, "generation");
    return isThere(link) ? [basename(readlinkSync(link))] : [];
  });
}

/** Also a link that leads nowhere is there. */
function isThere(link: string): boolean {
  try {
    readlinkSync(link);
    return true;
  } catch (thrown) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes((thrown as NodeJS.ErrnoException).code ?? "")) return false; // What node:fs throws has a code.
    throw thrown;
  }
}

function listNumbered(folder: string): Numbered[] {
  return listNames(folder)
    .flatMap((name) => {
      if (!/^\d+\.json$/.test(name)) return [];
      const text = readFileSync(join(folder, name), "utf8");
      return [{ ...(JSON.parse(text) as Numbered), number: Number.parseInt(name, 10) }]; // Only Firn writes it.
    })
    .toSorted((a, b) => a.number - b.number);
}

function listNames(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
