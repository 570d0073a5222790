import { type InputPath, isAtOrBelow, parentPath } from "@firn/input";
import { emptyLock, findPin, isFollowsPin, isPinValid, type Lockfile, type Pin } from "@firn/lock";
import { type Ask, askOfPin, type Overrides } from "./ask.ts";
import type { FlakeNode } from "./flake-node.ts";
import type { LockRequest } from "./lock-request.ts";

/** What a walk has found so far of who overrides what. */
interface Heard {
  readonly overrides: Overrides;
  /** Flakes whose flake.yaml was read, so that all that they override is known. */
  readonly read: ReadonlySet<InputPath>;
}

/** Says which pins of the lock as it was are still what is asked for. */
export class PreviousLock {
  readonly #heard: Heard;
  readonly #lock: Lockfile;
  /** Inputs whose pins, and those below them, the user wants to be found anew. */
  readonly #dropped: readonly InputPath[];
  /** Inputs whose pins cannot stay, whatever flakes say. */
  readonly #changing: readonly InputPath[];
  /** What the lock has for the inputs of each flake; looking through all of it for each would be slow. */
  readonly #asks = new Map<InputPath, Ask[]>();
  readonly #overridden: readonly Ask[];

  constructor({ previous = emptyLock, update = [], unsettled = [], overrides }: LockRequest, heard: Heard) {
    this.#heard = heard;
    this.#lock = previous;
    const pins = Object.entries(previous.inputs);
    this.#dropped = [...(update === "all" ? [""] : update), ...unsettled, ...(overrides?.keys() ?? [])];
    this.#changing = [...this.#dropped, ...pins.filter(([, pin]) => isWrong(pin)).map(([path]) => path)];
    const asks = pins.map(([path, pin]) => askOfPin(path, pin));
    for (const ask of asks) {
      const parent = parentPath(ask.path);
      this.#asks.set(parent, [...(this.#asks.get(parent) ?? []), ask]);
    }
    this.#overridden = asks.filter(({ overriddenBy }) => overriddenBy !== undefined);
  }

  /** Reads off it what the flake of an input asks for. */
  asksBelow(path: InputPath): readonly Ask[] {
    return this.#asks.get(path) ?? [];
  }

  /** Finds the pin that the previous lock has, if it still says what is asked for. */
  findPin(ask: Ask, parent: FlakeNode): Pin | undefined {
    const pin = findPin(this.#lock, ask.path);
    const isDropped = this.#dropped.some((path) => isAtOrBelow(ask.path, path));
    return pin !== undefined && parent.isKept && !isDropped && isAnswer(pin, ask) ? pin : undefined;
  }

  /**
   * Lists what is to be found anew below an input that stays. Its flake must then
   * be read: the lock cannot say what it asks for, which mirrors and locks it
   * names, and what it overrides.
   */
  changesBelow(path: InputPath): InputPath[] {
    const { read, overrides } = this.#heard;
    const forsaken = this.#overridden.filter(({ path: each, by }) => read.has(by) && overrides.find(each)?.by !== by);
    const replaced = overrides.list().filter((ask) => {
      const pin = findPin(this.#lock, ask.path);
      // What follows another input needs nothing of the flakes above it.
      return pin !== undefined && ask.follows === undefined && !isAnswer(pin, ask);
    });
    const changing = [...this.#changing, ...[...forsaken, ...replaced].map((ask) => ask.path)];
    return changing.filter((each) => each !== path && isAtOrBelow(each, path));
  }
}

/** Tells whether a pin is not even what it says that it is, as after an edit by hand. */
function isWrong(pin: Pin): boolean {
  return !isFollowsPin(pin) && !isPinValid(pin, pin.want);
}

function isAnswer(pin: Pin, { want, overriddenBy }: Ask): boolean {
  return want !== undefined && pin.overriddenBy === overriddenBy && isPinValid(pin, want);
}
