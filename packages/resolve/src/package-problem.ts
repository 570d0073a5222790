import { type Diagnostic, similarNames } from "@firn/diagnostic";
import type { SourceDeclaration } from "@firn/input";
import type { SourcePin } from "@firn/lock";
import type { ClosureRequest, PackageProblem, PackageRequest } from "@firn/package-manager";

/** A problem of packages, and the closure that it is about. */
export interface LockPackagesProblem {
  readonly diagnostic: Diagnostic;
  /** Name of the closure; missing when it is about a source. */
  readonly closure?: string;
}

/** Tells whether a problem is an error, and not only a warning. */
export function isPackageError({ diagnostic }: LockPackagesProblem): boolean {
  return diagnostic.severity === "error";
}

/** Shows where a source is declared that a manager has a problem with. */
export function atSource({ diagnostic }: PackageProblem, { place }: SourceDeclaration): LockPackagesProblem {
  return { diagnostic: { ...diagnostic, marks: [...diagnostic.marks, { role: "declared here", place }] } };
}

/** Shows where the packages are asked for that a manager has a problem with. */
export function atRequest({ diagnostic, names }: PackageProblem, { marks, name }: ClosureRequest): LockPackagesProblem {
  const found = names.flatMap((each) => marks.get(each) ?? []);
  return { diagnostic: { ...diagnostic, marks: [...diagnostic.marks, ...found] }, closure: name };
}

/** Says that a source has a state that is older than the one that is locked. */
export function olderState(name: string, { before, now }: { before: SourcePin; now: SourcePin }): PackageProblem {
  return {
    names: [],
    diagnostic: {
      code: "bad-source",
      severity: "error",
      message: `Cannot update the source ${JSON.stringify(name)}: what it has is older than what the lock has`,
      marks: [],
      why: [
        `The lock has its state of ${before.date}, and the source is at ${now.date}`,
        "Somebody may be hiding updates, or a mirror is behind",
      ],
      fix: `Try again later, or ask for that state: snapshot: ${now.date}`,
    },
  };
}

/** Says that there is no manager of the kind that a source names. */
export function unknownManager(name: string, manager: string): PackageProblem {
  return {
    names: [],
    diagnostic: {
      code: "bad-source",
      severity: "error",
      message: `Cannot read the source ${JSON.stringify(name)}: this Firn has no package manager "${manager}"`,
      marks: [],
    },
  };
}

/** Says that the lock has no state of a source, where none may be read. */
export function staleSource(name: string, before: SourcePin | undefined): PackageProblem {
  const fact =
    before === undefined ? "the lock has no state of it" : "flake.yaml asks for something else than the lock has";
  return {
    names: [],
    diagnostic: {
      code: "stale-lock",
      severity: "error",
      message: `Cannot use the source ${JSON.stringify(name)}: ${fact}`,
      marks: [],
      fix: "firn lock",
    },
  };
}

/** Says that the lock has a source or a closure that nothing asks for, where it may not change. */
export function surplusEntry(name: string): LockPackagesProblem {
  return {
    diagnostic: {
      code: "stale-lock",
      severity: "error",
      message: `Cannot go on with "${name}": lockfile.json has it, and nothing asks for it any more`,
      marks: [],
      fix: "firn lock",
    },
  };
}

/** Says that a request names a source that the closure is not made from. */
export function unknownSource(request: PackageRequest, source: string, known: readonly string[]): PackageProblem {
  const near = similarNames(source, known);
  return {
    names: [request.name],
    diagnostic: {
      code: "unknown-input",
      severity: "error",
      message: `Cannot take the package ${JSON.stringify(request.name)} from ${JSON.stringify(source)}: there is no such source`,
      marks: [],
      ...(known.length > 0 && { why: [`The sources are ${known.join(", ")}`] }),
      fix:
        near.length === 0
          ? "Declare it below inputs in flake.yaml"
          : `Did you mean ${near.map((each) => `"${each}"`).join(" or ")}?`,
    },
  };
}

/** What to do where a flake has no source of packages. */
export const declareSource = "Declare a source below inputs in flake.yaml, such as apt: https://deb.debian.org/debian";

/** Says that a closure has no source that its packages could come from. */
export function noSources({ asked }: ClosureRequest): PackageProblem {
  return {
    names: asked.slice(0, 1).map(({ name }) => name),
    diagnostic: {
      code: "unknown-package",
      severity: "error",
      message: `Cannot find the package ${JSON.stringify(asked[0]?.name ?? "")}: the flake has no source of packages`,
      marks: [],
      fix: declareSource,
    },
  };
}
