import { type GitRequirement, type InputPath, isAtOrBelow, isSameRequirement } from "@firn/input";
import { emptyLock, type GitPin, isFollowsPin, isGitPin, isPinValid } from "@firn/lock";
import { type Ask, asksOfLock, type Overrides } from "./ask.ts";
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
  readonly #request: LockRequest;
  readonly #heard: Heard;

  constructor(request: LockRequest, heard: Heard) {
    this.#request = request;
    this.#heard = heard;
  }

  /** Reads off it what the flake of an input asks for. */
  asksBelow(path: InputPath): Ask[] {
    return asksOfLock(path, this.#request.previous ?? emptyLock);
  }

  /** Finds the pin that the previous lock has, if it still says what is asked for. */
  findPin(ask: Ask, want: GitRequirement, parent: FlakeNode): GitPin | undefined {
    const { previous, update = [], unsettled = [], overrides } = this.#request;
    const pin = previous?.inputs[ask.path];
    const isDropped =
      update === "all" ||
      [...update, ...unsettled].some((path) => isAtOrBelow(ask.path, path)) ||
      overrides?.has(ask.path);
    if (pin === undefined || !isGitPin(pin) || !parent.isKept || isDropped === true) return undefined;
    return pin.overriddenBy === ask.overriddenBy && isPinValid(pin, want) ? pin : undefined;
  }

  /** Tells whether a folder of a kept input was locked as it is asked for, so that the lock has its inputs too. */
  hasFolder({ path, want, overriddenBy }: Ask, parent: FlakeNode): boolean {
    const pin = this.#request.previous?.inputs[path];
    if (!parent.isKept || pin === undefined || isFollowsPin(pin) || want === undefined || this.mustRead(path))
      return false;
    return pin.overriddenBy === overriddenBy && isSameRequirement(pin.want, want);
  }

  /** Tells whether the lock cannot say what an input's own inputs are: what overrode one is gone, or one is to be found anew. */
  mustRead(path: InputPath): boolean {
    const { unsettled = [], previous = emptyLock } = this.#request;
    if (unsettled.some((each) => each !== path && isAtOrBelow(each, path))) return true;
    return Object.entries(previous.inputs).some(([below, { overriddenBy }]) => {
      if (overriddenBy === undefined || below === path || !isAtOrBelow(below, path)) return false;
      const by = overriddenBy === "." ? "" : overriddenBy;
      return this.#heard.read.has(by) && this.#heard.overrides.find(below)?.by !== by;
    });
  }
}
