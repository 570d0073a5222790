import { type InputPath, isAtOrBelow, isSameRequirement, parentPath } from "@firn/input";
import { isFollowsPin, isGitPin, type Lockfile, type Pin } from "@firn/lock";
import type { Comparison, Difference } from "./compare.ts";

/** A way in which Firn is not nix 2.8, on purpose. */
export interface Divergence {
  readonly name: string;
  readonly nix: string;
  readonly firn: string;
  readonly why: string;
  /** Tells whether it is what made a path of a random graph differ; missing where random graphs do not meet it. */
  explains?(difference: Difference, comparison: Comparison): boolean;
}

/** All of them. Each has a test of its own that shows both sides; random graphs may differ in nothing else. */
export const divergences = [
  {
    name: "annotated tag",
    nix: "pins the id of the tag object",
    firn: "pins the commit that the tag leads to",
    why: "A pin is a commit, which a server gives and people review; the harness takes the two for one",
  },
  {
    name: "override locked again",
    nix: "locks an input whose address a flake overrides at the newest commit, whatever any lock says",
    firn: "keeps its pin like any other, or takes that of its parent's own lock",
    why: "Locking twice changes nothing (NixOS/nix#9156)",
    explains: ({ path }, comparison) =>
      historyOf(path, comparison).some(({ now, earlier }) => isOverridden(now) && earlier.some(isGitPin)),
  },
  {
    name: "override taken back",
    nix: "keeps the overriding address until the input's parent is updated",
    firn: "locks what the input's parent asks for, from that one's own lock",
    why: "A lock follows from the manifests, and not from what they once were",
    explains: ({ path }, comparison) =>
      historyOf(path, comparison).some(
        ({ now, earlier }) => now?.overriddenBy === undefined && earlier.some(isOverridden),
      ),
  },
  {
    name: "follows taken back",
    nix: "locks the newest commit",
    firn: "locks what the parent's own lock says",
    why: "The same manifests give the same lock whatever they were before (NixOS/nix#14339)",
    explains: ({ path }, comparison) =>
      historyOf(path, comparison).some(
        ({ now, earlier }) => now !== undefined && isGitPin(now) && earlier.some(isOverridingFollows),
      ),
  },
  {
    name: "input that became another",
    nix: "keeps what was below it where names and addresses match, and locks the rest at the newest commits",
    firn: "locks what is below it from its own lock, as for a new input",
    why: "What it was does not matter for what it is (NixOS/nix#8976)",
    explains: ({ path }, comparison) =>
      historyOf(parentPath(path), comparison).some(({ now, earlier }) => earlier.some((pin) => isAnother(pin, now))),
  },
  {
    name: "update without news",
    nix: "locks what is below an updated input from that one's own lock, or at the newest commits",
    firn: "keeps to the locks of those that use the input, if they have it at the commit that it still is",
    why: "An update without news gives the lock that a new one would give",
    explains: ({ path, firn }, { world, step, locks }) => {
      const pins = locks.firn?.inputs ?? {};
      const updated = pathsTo(parentPath(path)).some((at) => step.update !== "all" && step.update?.includes(at));
      return (
        updated &&
        pathsTo(path).some((user) => commitIn(world.lockOf(pins[user]), path.slice(user.length + 1)) === firn)
      );
    },
  },
  {
    name: "flake flag",
    nix: "keeps a pin, and what is below it, when the input is declared to be a flake or to be none",
    firn: "locks it anew",
    why: "What is asked for has changed (NixOS/nix#8103)",
  },
  {
    name: "flake flag of an override",
    nix: "takes the address of an override, and whether it is a flake from what is overridden",
    firn: "takes the override as it stands",
    why: "A requirement is replaced as a whole, so that the lock shows all of it in one place",
    explains: ({ path }, { before, locks }) =>
      // Of an input that followed another one, nix forgets whether it is a flake, and so takes the override for one.
      Object.entries(locks.firn?.inputs ?? {}).some(
        ([at, pin]) =>
          isOverridden(pin) &&
          isPlain(pin) &&
          isFollowing(before.firn?.inputs[at]) &&
          (path === "" || isAtOrBelow(path, at)),
      ),
  },
  {
    name: "circle of follows",
    nix: "locks inputs that follow each other, and so are nothing",
    firn: "refuses, and names the circle",
    why: "No host could use such an input",
    explains: (_, { codes, nix }) =>
      codes.length > 0 &&
      codes.every((code) => code === "follows-cycle") &&
      [...(nix.paths?.values() ?? [])].includes("nothing"),
  },
  {
    name: "flake below itself",
    nix: "refuses an input that is asked for in the same words as one that it is below",
    firn: "refuses an input that is the same commit as one that it is below",
    why: "Words that differ can mean the same flake, which is then below itself without end",
    explains: ({ path }, { codes, nix }) =>
      path === "" &&
      ((codes.length > 0 && codes.every((code) => code === "input-cycle")) ||
        (nix.problem ?? "").includes("circular import")),
  },
  {
    name: "follows beside an address",
    nix: "follows, and forgets the address",
    firn: "refuses the flake.yaml",
    why: "One of the two is a mistake",
  },
  {
    name: "override two levels below",
    nix: "takes the input's name for an entry of its registry",
    firn: "overrides at any depth",
    why: "Nix does so too since NixOS/nix#12083",
  },
  {
    name: "override on the command line",
    nix: "lets what a flake overrides win over the command line in a new lock",
    firn: "lets the command line win",
    why: "Who runs the command has the last word; later versions of nix agree",
  },
  {
    name: "input with changes",
    nix: "locks the contents of a local repository's working tree, by hash alone",
    firn: "locks the commit; it never sees a working tree",
    why: "Nobody else could fetch the contents",
  },
  {
    name: "update of nothing",
    nix: "warns, and succeeds, when an input that is to be updated does not exist",
    firn: "refuses, and names those that are near",
    why: "A mistyped name must not look like an update without news",
  },
] as const satisfies readonly Divergence[];

/** What an input is, and what locks say that it was: that of the root, and those of the inputs that it is below. */
interface History {
  readonly now: Pin | undefined;
  readonly earlier: readonly Pin[];
}

/** Gives the history of an input and of all that it is below. */
function historyOf(path: InputPath, { world, before, locks }: Comparison): History[] {
  const pins = locks.firn?.inputs ?? {};
  return pathsTo(path).map((at) => {
    const fromInputs = pathsTo(at).map((user) => world.lockOf(pins[user])?.inputs[at.slice(user.length + 1)]);
    const earlier = [before.firn?.inputs[at], ...fromInputs].filter((pin) => pin !== undefined);
    return { now: pins[at], earlier };
  });
}

/** Lists a path and all above it, without the root. */
function pathsTo(path: InputPath): InputPath[] {
  return path === "" ? [] : [...pathsTo(parentPath(path)), path];
}

/** Firn takes an input for another one, too, when it is another flake that asks for the same. */
function isAnother(pin: Pin, now: Pin | undefined): boolean {
  if (now === undefined || !isGitPin(pin) || !isGitPin(now)) return false;
  return (
    (pin.overriddenBy === undefined) !== (now.overriddenBy === undefined) || !isSameRequirement(pin.want, now.want)
  );
}

function commitIn(lock: Lockfile | undefined, path: InputPath): string | undefined {
  const pin = lock?.inputs[path];
  return pin !== undefined && isGitPin(pin) ? pin.commit : undefined;
}

function isPlain(pin: Pin): boolean {
  return isGitPin(pin) && pin.want.flake === false;
}

function isFollowing(pin: Pin | undefined): boolean {
  return pin !== undefined && isFollowsPin(pin);
}

function isOverridden(pin: Pin | undefined): boolean {
  return pin !== undefined && isGitPin(pin) && pin.overriddenBy !== undefined;
}

function isOverridingFollows(pin: Pin): boolean {
  return isFollowsPin(pin) && pin.overriddenBy !== undefined;
}
