import { DiagnosticError, renderPath } from "@firn/diagnostic";
import { type Definition, discharge } from "@firn/definition";
import { type DetachedSite, mergeMember, type MergeProblem, NO_VALUE, type TypeLike, toOptionType } from "@firn/option";

/** What merging gave: a value, or problems, or neither when nothing was left to merge. */
export type Merged = { readonly value?: unknown } | { readonly problems: readonly string[] };

/** Merges definitions of an option called "it"; problems are told as code and path. */
export function mergeAll(type: TypeLike, ...values: readonly unknown[]): Merged {
  const { value, problems } = mergeAtSite(type, values);
  if (problems.length > 0) return { problems: problems.map(({ code, path }) => `${code} ${renderPath(path)}`) };
  return value === NO_VALUE ? {} : { value };
}

/** Merges as {@link mergeAll} does, and gives the first problem in full. */
export function problemOf(type: TypeLike, ...values: readonly unknown[]): MergeProblem | undefined {
  return mergeAtSite(type, values).problems[0];
}

function mergeAtSite(type: TypeLike, values: readonly unknown[]) {
  const site = new MemorySite(["it"], []);
  const origin = { module: "test", place: { label: "test" }, depth: 0 };
  const definitions = values.map((value) => ({ value, priority: 100, order: 1000, origin }));
  const value = mergeMember(toOptionType(type), site.discharge(definitions), site);
  return { value, problems: site.problems };
}

interface SitedProblem extends MergeProblem {
  readonly path: readonly string[];
}

/** A merge without an evaluation around it: it remembers problems, and knows no submodules. */
class MemorySite implements DetachedSite {
  readonly path: readonly string[];
  readonly problems: SitedProblem[];

  constructor(path: readonly string[], problems: SitedProblem[]) {
    this.path = path;
    this.problems = problems;
  }

  member(part: string): MemorySite {
    return new MemorySite([...this.path, part], this.problems);
  }

  discharge(definitions: readonly Definition[]): readonly Definition[] {
    const found: Definition[] = [];
    for (const definition of definitions) {
      discharge(definition, found, { force: (compute) => compute(), badCondition: () => this.fail(badCondition) });
    }
    return found;
  }

  fail(problem: MergeProblem): typeof NO_VALUE {
    this.problems.push({ ...problem, path: this.path });
    return NO_VALUE;
  }

  detached(): MemorySite {
    return new MemorySite(this.path, []);
  }

  settle(): void {
    const found = this.problems.splice(0);
    if (found.length > 0) throw new DiagnosticError(found.map((problem) => ({ severity: "error", ...problem })));
  }

  instantiate(): never {
    throw new Error("submodules need modules, which are in @firn/module-system");
  }
}

const badCondition: MergeProblem = { code: "bad-condition", message: "Cannot decide", marks: [] };
