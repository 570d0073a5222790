import { parseFlake } from "@firn/flake-file";
import type { FlakeManifest } from "@firn/input";
import { isFollowsPin, isGitPin, type Lockfile, renderLock } from "@firn/lock";
import { type Fetcher, lockInputs, type LockOutcome, type LockRequest } from "./index.ts";
import { memoryLocal } from "./testing.ts";

/** What a test gives of a request; there are no folders beside the root unless it says so. */
export type Scenario = Partial<LockRequest> & Pick<LockRequest, "manifest">;

/** Parses a root flake.yaml from the entries below its `inputs`. */
export function flake(inputs: object, more: object = {}): FlakeManifest {
  const { manifest, diagnostics } = parseFlake(flakeFile(inputs, more), { file: "flake.yaml" });
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return manifest;
}

/** Gives the text of a flake.yaml. */
export function flakeFile(inputs: object = {}, more: object = {}): string {
  return JSON.stringify({ inputs, ...more });
}

/** Locks, whatever comes of it. */
export function tryLock(scenario: Scenario): Promise<LockOutcome> {
  return lockInputs({ local: memoryLocal(), ...scenario });
}

/** Locks, and throws unless there is no problem at all. */
export async function lock(scenario: Scenario): Promise<Lockfile> {
  const { lock: made, diagnostics } = await tryLock(scenario);
  if (made === undefined || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return made;
}

/** Gives the text of the lock of a flake with these inputs, to be the lockfile.json of an input. */
export async function lockText(inputs: object, fetcher: Fetcher): Promise<string> {
  return renderLock(await lock({ manifest: flake(inputs), fetcher }));
}

/** Says what each input became: a version, a commit, what it follows, or "path". */
export function shown({ inputs }: Lockfile): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([path, pin]) => {
      if (isFollowsPin(pin)) return [path, `-> ${pin.follows}`];
      return [path, isGitPin(pin) ? (pin.version ?? pin.commit) : "path"];
    }),
  );
}

/** Lists what comes of locking, warnings with a "?". */
export async function codes(scenario: Scenario): Promise<string[]> {
  const { diagnostics } = await tryLock(scenario);
  return diagnostics.map(({ code, severity }) => (severity === "error" ? code : `${code}?`));
}

/** Lists the inputs whose pins differ between two locks. */
export function changed(one: Lockfile, other: Lockfile): string[] {
  const paths = new Set([...Object.keys(one.inputs), ...Object.keys(other.inputs)]);
  return [...paths].filter((path) => JSON.stringify(one.inputs[path]) !== JSON.stringify(other.inputs[path]));
}
