import { type InputPath, joinInputPath } from "@firn/input";
import { findPin, isFollowsPin, type Lockfile, type Pin } from "./lockfile.ts";

/** The input that a path stands for, or why there is none. */
export type FollowedInput =
  /** `pin` is missing for the root, whose path is empty. */
  | { readonly path: InputPath; readonly pin?: Pin; readonly missing?: never; readonly cycle?: never }
  /** No pin is where the path leads. */
  | { readonly path?: never; readonly pin?: never; readonly missing: InputPath; readonly cycle?: never }
  /** Paths that follow each other, the first again at the end. */
  | {
      readonly path?: never;
      readonly pin?: never;
      readonly missing?: never;
      readonly cycle: readonly [InputPath, ...InputPath[]];
    };

/**
 * Resolves a path through the inputs that follow others, to the input that is
 * really there; where a parent follows, what is below it is below the other.
 */
export function resolveFollows(lock: Lockfile, path: InputPath): FollowedInput {
  return new FollowsResolver(lock).resolve(path);
}

/** Remembers what it resolved: chains that share their parts would take exponential time otherwise. */
class FollowsResolver {
  readonly #lock: Lockfile;
  readonly #resolved = new Map<InputPath, FollowedInput>();
  /** Inputs that follow, on the way to what is being resolved. */
  readonly #pending: InputPath[] = [];

  constructor(lock: Lockfile) {
    this.#lock = lock;
  }

  resolve(path: InputPath): FollowedInput {
    let reached: FollowedInput = { path: "" };
    for (const name of path === "" ? [] : path.split("/")) {
      if (reached.path === undefined) return reached;
      reached = this.#resolveOne(joinInputPath(reached.path, name));
    }
    return reached;
  }

  #resolveOne(path: InputPath): FollowedInput {
    const pin = findPin(this.#lock, path);
    if (pin === undefined) return { missing: path };
    if (!isFollowsPin(pin)) return { path, pin };
    const start = this.#pending.indexOf(path);
    if (start >= 0) return { cycle: [path, ...this.#pending.slice(start + 1), path] };
    this.#pending.push(path);
    const resolved = this.#resolved.get(path) ?? this.resolve(pin.follows);
    this.#pending.pop();
    this.#resolved.set(path, resolved);
    return resolved;
  }
}
