import type { Diagnostic, DiagnosticCode } from "@firn/diagnostic";
import type { PackageAnswer, PackageProblem } from "@firn/package-manager";

/** Ends the work of a call with problems, which its answer has. */
export class AptFailure extends Error {
  readonly problems: readonly PackageProblem[];

  constructor(...problems: readonly PackageProblem[]) {
    super(problems.map(({ diagnostic }) => diagnostic.message).join("\n"));
    this.name = "AptFailure";
    this.problems = problems;
  }
}

/** What a problem says; see `Diagnostic`. */
export interface ProblemWords {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly why?: readonly string[];
  readonly fix?: string;
  /** Requests that it is about. @default none */
  readonly names?: readonly string[];
  readonly cause?: unknown;
}

/** Makes a problem of its words. */
export function describeProblem({ names = [], ...words }: ProblemWords): PackageProblem {
  const diagnostic: Diagnostic = { severity: "error", marks: [], ...words };
  return { diagnostic, names };
}

/** Does work whose failures are answers. */
export async function answerWith<Value>(work: () => Promise<Value>): Promise<PackageAnswer<Value>> {
  try {
    return { value: await work(), problems: [] };
  } catch (thrown) {
    if (thrown instanceof AptFailure) return { problems: thrown.problems };
    throw thrown;
  }
}
