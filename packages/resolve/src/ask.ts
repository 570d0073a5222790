import type { Place } from "@firn/diagnostic";
import { type InputDeclaration, type InputPath, joinInputPath, parentPath, type Requirement } from "@firn/input";
import { isFollowsPin, type Pin } from "@firn/lock";

/** What one input is asked to be, and who says so. */
export interface Ask {
  readonly path: InputPath;
  /** What is wanted; missing when it follows another input. */
  readonly want?: Requirement;
  /** Path from the root of the input to be instead. */
  readonly follows?: InputPath;
  readonly mirrors: readonly string[];
  /** Path of the flake whose words these are. */
  readonly by: InputPath;
  /** The same, as the lock has it, when it is not the flake that the input belongs to. */
  readonly overriddenBy?: string;
  readonly place?: Place;
}

/** Turns what a flake says of an input into an ask; undefined when it only overrides what is below. */
export function askOf(path: InputPath, declaration: InputDeclaration, by: InputPath): Ask | undefined {
  const { want, follows, mirrors, place } = declaration;
  if (want !== undefined) return { path, want, mirrors, by, place };
  return follows === undefined ? undefined : { path, follows: joinInputPath(by, follows), mirrors, by, place };
}

/** What flakes say of inputs that are not their own. The outermost flake is heard first, and the first word counts. */
export class Overrides {
  readonly #asks = new Map<InputPath, Ask>();

  /** Takes in what a flake says of the inputs of one of its inputs, to any depth. */
  register(path: InputPath, inputs: Readonly<Record<string, InputDeclaration>>, by: InputPath): void {
    for (const [name, declaration] of Object.entries(inputs)) {
      const below = joinInputPath(path, name);
      const ask = askOf(below, declaration, by);
      if (ask !== undefined && !this.#asks.has(below)) {
        this.#asks.set(below, { ...ask, overriddenBy: by === "" ? "." : by });
      }
      this.register(below, declaration.inputs, by);
    }
  }

  find(path: InputPath): Ask | undefined {
    return this.#asks.get(path);
  }

  /** Lists all, to find those that concern no input. */
  list(): readonly Ask[] {
    return [...this.#asks.values()];
  }
}

/** Reads off a pin what was asked for. */
export function askOfPin(path: InputPath, pin: Pin): Ask {
  const { overriddenBy } = pin;
  const by = overriddenBy === undefined ? parentPath(path) : overriddenBy === "." ? "" : overriddenBy;
  const words = isFollowsPin(pin) ? { follows: pin.follows } : { want: pin.want };
  return { path, mirrors: [], by, ...words, ...(overriddenBy !== undefined && { overriddenBy }) };
}
