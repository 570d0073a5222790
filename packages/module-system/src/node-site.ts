import { type Diagnostic, DiagnosticError, renderPath, renderValue } from "@firn/diagnostic";
import { type Definition, discharge, findWrapper, type Origin, placeOf } from "@firn/definition";
import { type DetachedSite, type MergeProblem, type MergeSite, NO_VALUE } from "@firn/option";
import { declarationMarks } from "./merge-problems.ts";
import type { OptionNode } from "./graph.ts";
import { instantiate } from "./instantiate.ts";
import type { SubmodulePayload } from "./submodule-payload.ts";

interface SiteSettings {
  readonly node: OptionNode;
  readonly path: readonly string[];
  /** Where problems go. */
  readonly problems: Diagnostic[];
  /** Keys of the submodules that this merge instantiated. */
  readonly used: Set<string>;
}

/** The place of a merge within one option's evaluation. */
export class NodeSite implements DetachedSite {
  readonly path: readonly string[];
  readonly #settings: SiteSettings;

  constructor(settings: SiteSettings) {
    this.path = settings.path;
    this.#settings = settings;
  }

  member(part: string): MergeSite {
    return new NodeSite({ ...this.#settings, path: [...this.path, part] });
  }

  discharge(definitions: readonly Definition[]): Definition[] {
    const found: Definition[] = [];
    for (const definition of definitions) {
      if (findWrapper(definition.value) === undefined) this.#take(definition, found);
      else this.#unwrap(definition, found);
    }
    return found;
  }

  #unwrap(definition: Definition, found: Definition[]): void {
    const unwrapped: Definition[] = [];
    discharge(definition, unwrapped, {
      force: (compute) => compute(),
      badCondition: (condition, origin) => void this.fail(this.#conditionProblem(condition, origin)),
    });
    for (const each of unwrapped) this.#take(each, found);
  }

  /** `undefined` is never a value: it is what a forgotten return or a misspelt field leaves behind. */
  #take(definition: Definition, found: Definition[]): void {
    if (definition.value === undefined) this.fail(this.#undefinedProblem(definition.origin));
    else found.push(definition);
  }

  fail(problem: MergeProblem): typeof NO_VALUE {
    const { node, problems } = this.#settings;
    const marks = [...problem.marks, ...declarationMarks(node)];
    problems.push({ severity: "error", optionPath: this.path, ...problem, marks });
    return NO_VALUE;
  }

  detached(): DetachedSite {
    return new NodeSite({ ...this.#settings, problems: [] });
  }

  settle(): void {
    const problems = this.#settings.problems.splice(0);
    if (problems.length > 0) throw new DiagnosticError(problems);
  }

  instantiate(payload: unknown, definitions: readonly Definition[]): unknown {
    const { node, used } = this.#settings;
    used.add(this.path.join("\0"));
    return instantiate({ node, path: this.path, payload: payload as SubmodulePayload }, definitions);
  }

  #undefinedProblem(origin: Origin): MergeProblem {
    return {
      code: "undefined-value",
      message: `Cannot define "${renderPath(this.path)}" as undefined`,
      marks: [{ role: "defined here as undefined", place: placeOf(origin, this.path) }],
      fix: "Leave the option out, or wrap the definition in mkIf(condition, …)",
    };
  }

  #conditionProblem(condition: unknown, origin: Origin): MergeProblem {
    return {
      code: "bad-condition",
      message: `Cannot use ${renderValue(condition)} as the condition of mkIf for "${renderPath(this.path)}": it is not a boolean`,
      marks: [{ role: "defined here", place: placeOf(origin, this.path) }],
      fix: "Compare explicitly, for example value !== null",
    };
  }
}
