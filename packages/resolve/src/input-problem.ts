import { type Diagnostic, type DiagnosticCode, nearestNames, similarNames } from "@firn/diagnostic";
import { describeRequirement, type InputPath, type TagVersion } from "@firn/input";
import type { Ask } from "./ask.ts";

interface Problem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly why?: readonly string[];
  readonly fix?: string;
  readonly severity?: "warning";
}

function problemOf(problem: Problem): Diagnostic {
  return { severity: "error", marks: [], ...problem };
}

/** Adds to a diagnostic who asked for what it is about. */
export function atAsk(ask: Ask, diagnostic: Diagnostic): Diagnostic {
  const { place, by, path } = ask;
  const asked = by === "" ? [] : [`Input "${path}" is asked for by the flake of input "${by}"`];
  return {
    ...diagnostic,
    marks: [...diagnostic.marks, ...(place === undefined ? [] : [{ role: "asked for here", place }])],
    why: [...(diagnostic.why ?? []), ...asked],
  };
}

/** Says that no input has the path that the user named. */
export function unknownInput(path: InputPath, known: Iterable<InputPath>): Diagnostic {
  const near = nearestNames(path, known);
  return {
    code: "unknown-input",
    severity: "error",
    message: `Cannot find the input "${path}"`,
    marks: [],
    fix:
      near.length === 0
        ? `Add it: firn input add ${path} SOURCE`
        : `Did you mean ${near.map((name) => `"${name}"`).join(" or ")}?`,
  };
}

/** Says that a flake overrides an input that its input does not have. */
export function overridesNothing(ask: Ask): Diagnostic {
  return problemOf({
    code: "unknown-input",
    severity: "warning",
    message: `Nothing to override: there is no input "${ask.path}"`,
    fix: "Remove these lines",
  });
}

/** Says that what an input asks for must not be asked for by another flake. */
export function forbiddenSource(ask: Ask, reason: string, fix: string): Diagnostic {
  return problemOf({
    code: "forbidden-source",
    message: `Cannot take the input "${ask.path}" from where its flake says: ${reason}`,
    fix,
  });
}

/** Says that an input is, some levels up, its own input. */
export function inputCycle({ path }: Ask, chain: readonly { readonly path: InputPath }[]): Diagnostic {
  const [user = { path: "" }, ...below] = chain;
  return problemOf({
    code: "input-cycle",
    message: `Cannot lock the input "${path}": it is the same flake as ${nameOf(user.path)}, which uses it`,
    why: [`The circle is ${[user, ...below, { path }].map((one) => nameOf(one.path)).join(" -> ")}`],
    fix: `Let it follow that flake: follows: "${user.path}"`,
  });
}

function nameOf(path: InputPath): string {
  return path === "" ? "the root flake" : `input "${path}"`;
}

/** Says that no tag is a version that an input may be. */
export function noVersion(ask: Ask, range: string, versions: readonly TagVersion[]): Diagnostic {
  const known = versions.slice(0, 5).map(({ version }) => version.version);
  return problemOf({
    code: "no-version",
    message: `Cannot find a version for the input "${ask.path}": no tag satisfies ${JSON.stringify(range)}`,
    why: [
      known.length === 0
        ? "The repository has no tag that is a version, such as v1.2.0"
        : `The highest versions there are ${known.join(", ")}`,
    ],
    fix: "Write a range that one of the versions satisfies; prereleases must be named, as in ^2.0.0-rc.1",
  });
}

/** Says that all versions that an input may be were taken back. */
export function onlyRetracted(ask: Ask, range: string): Diagnostic {
  return problemOf({
    code: "no-version",
    message: `Cannot find a version for the input "${ask.path}": all that satisfy ${JSON.stringify(range)} are retracted`,
    why: ["The flake.yaml of the highest version lists them under retracted"],
    fix: "Write a range that one of the other versions satisfies",
  });
}

/** Says that two tags of one version lead to different commits. */
export function ambiguousTag(ask: Ask, [one, other]: readonly [TagVersion, TagVersion]): Diagnostic {
  return problemOf({
    code: "ambiguous-ref",
    message: `Cannot tell which commit is version ${one.version.version} of the input "${ask.path}"`,
    why: [one, other].map(({ tag, commit }) => `Tag "${tag}" leads to ${commit}`),
    fix: `Write the tag that is meant: ref: refs/tags/${one.tag}`,
  });
}

/** Says that a name is that of a branch and of a tag. */
export function ambiguousRef(ask: Ask, name: string): Diagnostic {
  return problemOf({
    code: "ambiguous-ref",
    message: `Cannot tell what "${name}" is for the input "${ask.path}": there are a branch and a tag of that name`,
    fix: `Write ref: refs/heads/${name} or ref: refs/tags/${name}`,
  });
}

/** Says that a repository has no such branch or tag. */
export function missingRef(ask: Ask, name: string | undefined, known: Iterable<string>): Diagnostic {
  const near = nearestNames(name ?? "", known);
  return problemOf({
    code: "missing-ref",
    message:
      name === undefined
        ? `Cannot find the default branch for the input "${ask.path}"`
        : `Cannot find the branch or tag "${name}" for the input "${ask.path}"`,
    why: [near.length === 0 ? "The repository has neither branches nor tags" : `There are ${near.join(", ")}`],
    fix: 'Write "ref" with a branch or tag that is there',
  });
}

/** Says that a tag leads elsewhere than it did when it was locked. */
export function movedTag(ask: Ask, { tag, before, now }: { tag: string; before: string; now: string }): Diagnostic {
  return problemOf({
    code: "moved-tag",
    message: `Cannot trust the tag "${tag}" of the input "${ask.path}": it was moved`,
    why: [`lockfile.json has ${before}`, `The repository has ${now} now`],
    fix: `Ask who published it why. To take the new commit: firn update ${ask.path} --accept-moved-tag ${ask.path}`,
  });
}

/** Says that a tag that the lock has is gone. */
export function goneTag(ask: Ask, tag: string): Diagnostic {
  return problemOf({
    code: "moved-tag",
    severity: "warning",
    message: `The tag "${tag}" of the input "${ask.path}" is no longer there`,
  });
}

/** Says that what came is not what the lock has. */
export function integrityMismatch(ask: Ask, what: { field: string; locked: string; found: string }): Diagnostic {
  return problemOf({
    code: "integrity-mismatch",
    message: `Cannot use the input "${ask.path}": it is not what lockfile.json has`,
    why: [`The ${what.field} in lockfile.json is ${what.locked}`, `That of what was fetched is ${what.found}`],
    fix: `Compare lockfile.json with its history; to lock anew what is there: firn update ${ask.path}`,
  });
}

/** Says that an input is no flake. */
export function noFlakeFile(ask: Ask): Diagnostic {
  const what = ask.want === undefined ? "" : ` (${describeRequirement(ask.want)})`;
  return problemOf({
    code: "bad-flake",
    message: `Cannot use the input "${ask.path}" as a flake: it has no flake.yaml${what}`,
    fix: 'Correct "dir", or write flake: false to use it as plain files',
  });
}

/** Says that the lock would have to change, where it must not. */
export function staleInput(ask: Ask, why?: string): Diagnostic {
  return problemOf({
    code: "stale-lock",
    message: `Cannot go on with the input "${ask.path}": lockfile.json does not have what flake.yaml asks for`,
    ...(why !== undefined && { why: [why] }),
    fix: "firn lock",
  });
}

/** Says that an override given for an input does not go with what it asks for. */
export function badOverride(ask: Ask, given: string, reason: string): Diagnostic {
  return problemOf({
    code: "bad-usage",
    message: `Cannot take "${given}" for the input "${ask.path}": ${reason}`,
    fix: "Give what fits its fields in flake.yaml: a version for semver, a commit, branch or tag for ref; or change them",
  });
}

/** Says that a flake has more inputs, or more levels of them, than it may. */
export function tooManyInputs({ path }: Ask, { paths, depth }: { paths: number; depth: number }): Diagnostic {
  return problemOf({
    code: "input-too-large",
    message: `Cannot lock the input "${path}": a flake has at most ${paths} inputs, at most ${depth} levels deep`,
    fix: "Let inputs follow each other, or drop some",
  });
}

/** Says that an input is to be another one that is not there. */
export function missingFollows({ path, follows = "" }: Ask, known: readonly InputPath[]): Diagnostic {
  const near = similarNames(
    follows,
    known.filter((one) => one !== path),
  ).map((name) => `"${name}"`);
  return problemOf({
    code: "missing-follows",
    message: `Cannot let the input "${path}" follow "${follows}": there is no such input`,
    fix:
      near.length > 0
        ? `Did you mean ${near.join(" or ")}?`
        : 'Name an input with its path from the root, such as "core/log", or give this one a source of its own',
  });
}

/** Says that inputs follow each other in a circle. */
export function followsCycle({ path }: Ask, chain: readonly InputPath[]): Diagnostic {
  return problemOf({
    code: "follows-cycle",
    message: `Cannot tell what the input "${path}" is: it follows itself`,
    why: [`The circle is ${chain.join(" -> ")}`],
    fix: "Give one of them a source of its own",
  });
}
