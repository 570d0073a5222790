import { isGitRequirement } from "@firn/input";
import { isFollowsPin, isGitPin, type Pin } from "./lockfile.ts";

/** Says what a pin holds in a few words: `1.4.2`, `main at 4cc75d1b76f8`, `follows core`, `./sub`. */
export function describePin(pin: Pin): string {
  if (isFollowsPin(pin)) return pin.follows === "" ? "follows the flake itself" : `follows ${pin.follows}`;
  if (!isGitPin(pin)) return isGitRequirement(pin.want) ? pin.want.git : pin.want.path;
  if (pin.version !== undefined) return pin.version;
  const commit = pin.commit.slice(0, 12);
  const ref = isGitRequirement(pin.want) ? pin.want.ref : undefined;
  return ref === undefined ? commit : `${ref} at ${commit}`;
}
