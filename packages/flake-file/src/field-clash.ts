/** A field of an input that another excludes, or that lacks the one it belongs to. */
export interface FieldClash {
  /** What is wrong, as the end of a sentence. */
  readonly problem: string;
  /** The field to blame. */
  readonly path: readonly string[];
  readonly fix?: string;
}

/** Pairs of which an input has one at most; the second is blamed. */
const exclusive = [
  ["git", "path"],
  ["git", "follows"],
  ["path", "follows"],
  ["semver", "ref"],
  ["semver", "rev"],
  ["ref", "rev"],
  ["follows", "flake"],
  ["follows", "inputs"],
] as const;

/** Fields that mean nothing without another. */
const dependent = [
  ["semver", "git"],
  ["ref", "git"],
  ["rev", "git"],
  ["dir", "git"],
  ["submodules", "git"],
  ["mirrors", "git"],
  ["tagPrefix", "semver"],
] as const;

/** Finds the fields of an input that do not go together. */
export function findFieldClashes(fields: object): FieldClash[] {
  const has = (field: string): boolean => Object.hasOwn(fields, field);
  const excluded = exclusive
    .filter(([one, other]) => has(one) && has(other))
    .map(([one, other]) => ({
      problem: `"${one}" is given, which excludes it`,
      path: [other],
      fix: `Remove "${one}" or "${other}"`,
    }));
  const alone = dependent
    .filter(([field, base]) => has(field) && !has(base))
    .map(([field, base]) => ({ problem: `it means nothing without "${base}"`, path: [field] }));
  return [...excluded, ...alone];
}

/** Tells whether the fields of an input say where it comes from. */
export function asksForSomething(fields: object): boolean {
  return ["git", "path", "follows"].some((field) => Object.hasOwn(fields, field));
}
