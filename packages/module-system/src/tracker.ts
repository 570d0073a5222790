import { showableThrown } from "@firn/diagnostic";

/** Thrown to leave a function that read an option without value; caught by the evaluation, never seen by users. */
const SUSPENDED: unique symbol = Symbol.for("firn.suspended") as never;

/** Tells whether something was thrown to leave a function that read an option without value. */
export function isSuspension(thrown: unknown): boolean {
  return thrown === SUSPENDED;
}

/** Something that can be read: an option. */
export interface Readable {
  /** Who read its value; also those who once did. Most options are read by nobody, and have no set. */
  readers: Set<Reader> | undefined;
  /** Who asked how it is defined. */
  infoReaders: Set<Reader> | undefined;
  /** Why it changed last; kept only when a cycle is suspected. */
  readonly cause: Cause | undefined;
}

/** Why a value changed: the chain of changes that led to it, for finding cycles. */
export interface Cause {
  readonly changed: Readable;
  /** Round in which it changed. */
  readonly round: number;
  readonly up: Cause | undefined;
}

/** Something that reads options and runs again when they change: a config function, or the merge of an option. */
export abstract class Reader {
  /** The option without value that the last run stopped at. */
  waitsFor: Readable | undefined;
  /** What the last run threw, other than by waiting. */
  thrown: unknown;
  /** The change that made it run last; kept only when a cycle is suspected. */
  trigger: Cause | undefined;
  /** Set when the submodule it belongs to is gone. */
  disposed = false;
}

/** Hears of every read, when a function runs once more for an explanation. */
export type ReadListener = (read: Readable) => void;

interface Reading {
  readonly reader: Reader | undefined;
  /** Keeps what was read, in order; only when a cycle is suspected. */
  readonly log?: Readable[] | undefined;
  readonly listener?: ReadListener | undefined;
  /** Stands for missing values, to find out what a function would define if they were there. */
  readonly placeholder?: unknown;
}

/** Knows who is reading, and stops readers at options that have no value yet. */
export class Tracker {
  #now: Reading = { reader: undefined };

  /** Who is reading; undefined outside of an evaluation. */
  get reader(): Reader | undefined {
    return this.#now.reader;
  }

  /** Runs a function as a reader's; keeps what it waits for or threw, and gives undefined then. */
  run<T>(reader: Reader, body: () => T, log?: Readable[]): T | undefined {
    const before = this.#now;
    this.#now = { reader, log };
    reader.waitsFor = undefined;
    reader.thrown = undefined;
    try {
      return body();
    } catch (thrown) {
      if (thrown !== SUSPENDED) reader.thrown = showableThrown(thrown);
      return undefined;
    } finally {
      this.#now = before;
    }
  }

  /** Runs a function once more without effect on its reader, for an explanation. */
  observe(reader: Reader, watch: Omit<Reading, "reader" | "log">, body: () => void): void {
    const before = this.#now;
    const { waitsFor, thrown } = reader;
    this.#now = { reader, ...watch };
    try {
      body();
    } catch {
      // What it throws is known from the run that counted.
    } finally {
      this.#now = before;
      reader.waitsFor = waitsFor;
      reader.thrown = thrown;
    }
  }

  /** Notes that a value was read. */
  note(read: Readable): void {
    const { reader, listener, log } = this.#now;
    if (reader === undefined) return;
    read.readers ??= new Set();
    read.readers.add(reader);
    log?.push(read);
    listener?.(read);
  }

  /** Notes that it was asked how an option is defined. */
  noteInfo(read: Readable): void {
    const { reader, listener, log } = this.#now;
    if (reader === undefined) return;
    read.infoReaders ??= new Set();
    read.infoReaders.add(reader);
    log?.push(read);
    listener?.(read);
  }

  /** Stops the reader again if it was stopped while something inside hid that from it. */
  assertGoesOn(): void {
    if (this.#now.reader?.waitsFor !== undefined) throw SUSPENDED;
  }

  /** Stops the reader at something without value, or gives the placeholder. */
  miss(read: Readable): unknown {
    const { reader, placeholder } = this.#now;
    if (placeholder !== undefined) return placeholder;
    if (reader !== undefined) reader.waitsFor ??= read;
    throw SUSPENDED;
  }
}
