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

/** Does work whose failures are answers; those of the cache, too. @param cache its folder */
export async function answerWith<Value>(cache: string, work: () => Promise<Value>): Promise<PackageAnswer<Value>> {
  try {
    return { value: await work(), problems: [] };
  } catch (thrown) {
    if (thrown instanceof AptFailure) return { problems: thrown.problems };
    const { code = "", message } = thrown as NodeJS.ErrnoException; // What node:fs throws has both.
    const fix = cacheFixes.get(code);
    if (fix === undefined) throw thrown;
    const what = `Cannot keep lists of packages in "${cache}"`;
    return { problems: [describeProblem({ code: "store-failed", message: what, why: [message], fix, cause: thrown })] };
  }
}

/** What helps where the cache cannot be written; other failures are mistakes of ours. */
const cacheFixes: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "Make room: lists of a distribution need some 200 MB"],
  ["EDQUOT", "Make room: lists of a distribution need some 200 MB"],
  ["EACCES", "Let this user write there, or remove the folder: all of it can be made again"],
  ["EPERM", "Let this user write there, or remove the folder: all of it can be made again"],
  ["EROFS", "Name a folder that can be written"],
  ["ENOTDIR", "Remove what is in the way of the folder"],
]);
