import { normalizeRequirement } from "@firn/input";
import { compareCodeUnits } from "./compare-code-units.ts";
import { isFollowsPin, isGitPin, type Lockfile, type Pin } from "./lockfile.ts";
import { renderObject, renderPackages } from "./render-packages.ts";

/**
 * Renders a lock in its one form: keys in the order of code units, fields in a
 * fixed order, two spaces, a newline at the end. Equal locks are equal texts, and
 * a change to one input is a change to its lines only.
 */
export function renderLock({ lockfileVersion, inputs, ...packages }: Lockfile): string {
  const paths = Object.keys(inputs).toSorted(compareCodeUnits);
  const pins = paths.flatMap((path) =>
    inputs[path] === undefined ? [] : [[path, normalizePin(inputs[path])] as const],
  );
  const rendered = JSON.stringify(Object.fromEntries(pins), undefined, 2).replaceAll("\n", "\n  ");
  const head = [
    ["lockfileVersion", `${lockfileVersion}`],
    ["inputs", rendered],
  ] as const;
  return `${renderObject([...head, ...renderPackages(packages)], 0)}\n`;
}

/** Tells whether two pins, or their absence, are the same. */
export function isSamePin(one: Pin | undefined, other: Pin | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return JSON.stringify(normalizePin(one)) === JSON.stringify(normalizePin(other));
}

/** Puts the fields of a pin in their fixed order; those that are undefined vanish when it is rendered. */
function normalizePin(pin: Pin): Pin {
  const by = pin.overriddenBy === undefined ? {} : { overriddenBy: pin.overriddenBy };
  if (isFollowsPin(pin)) return { follows: pin.follows, ...by };
  const want = normalizeRequirement(pin.want);
  if (!isGitPin(pin)) return { want, ...by };
  const { version, tag, tagObject, commit, tree, integrity } = pin;
  return {
    want,
    ...(version !== undefined && { version }),
    ...(tag !== undefined && { tag }),
    ...(tagObject !== undefined && { tagObject }),
    commit,
    tree,
    integrity,
    ...by,
  };
}
