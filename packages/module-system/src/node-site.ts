import { type Diagnostic, DiagnosticError, renderPath } from "@firn/diagnostic";
import { type Definition, discharge, findWrapper, type Origin, placeOf } from "@firn/definition";
import { type DetachedSite, type MergeProblem, type MergeSite, NO_VALUE } from "@firn/option";
import { conditionProblem } from "./condition-problem.ts";
import { declarationMarks } from "./merge-problems.ts";
import type { OptionNode } from "./graph.ts";
import { instantiate } from "./instantiate.ts";
import type { SubmodulePayload } from "./submodule-payload.ts";

/** One merge of an option. */
export interface Merge {
  readonly node: OptionNode;
  /** What went wrong, if anything. */
  problems: Diagnostic[] | undefined;
  /** Keys of the submodules that it instantiated, if any. */
  used: Set<string> | undefined;
  /** Whether it is one of a function's result, at a call. */
  readonly isDetached?: boolean;
}

/** The place of a merge within one option's evaluation. */
export class NodeSite implements DetachedSite {
  readonly #merge: Merge;
  #path: readonly string[] | undefined;

  constructor(merge: Merge, path?: readonly string[]) {
    this.#merge = merge;
    this.#path = path;
  }

  /** Made when asked for, since few merges need it. */
  get path(): readonly string[] {
    this.#path ??= this.#merge.node.path;
    return this.#path;
  }

  member(part: string): MergeSite {
    if (this.path.length > deepest) throw endlessValue(this.#merge.node);
    return new NodeSite(this.#merge, [...this.path, part]);
  }

  discharge(definitions: readonly Definition[]): readonly Definition[] {
    if (definitions.every(isPlain)) return definitions;
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
    const marks = [...problem.marks, ...declarationMarks(this.#merge.node)];
    this.report({ severity: "error", optionPath: this.path, ...problem, marks });
    return NO_VALUE;
  }

  report(problem: Diagnostic): void {
    this.#merge.problems ??= [];
    this.#merge.problems.push(problem);
  }

  detached(): DetachedSite {
    return new NodeSite({ ...this.#merge, problems: undefined, isDetached: true }, this.path);
  }

  settle(): void {
    const { problems } = this.#merge;
    this.#merge.problems = undefined;
    if (problems !== undefined) throw new DiagnosticError(problems);
  }

  instantiate(payload: unknown, definitions: readonly Definition[]): unknown {
    if (this.#merge.isDetached === true) return this.#evaluateApart(payload as SubmodulePayload, definitions);
    const key = this.path.join("\0");
    this.#merge.used ??= new Set();
    this.#merge.used.add(key);
    const { node } = this.#merge;
    return instantiate({ node, key, path: this.path, payload: payload as SubmodulePayload }, definitions);
  }

  #evaluateApart(payload: SubmodulePayload, definitions: readonly Definition[]): unknown {
    const { evaluating } = this.#merge.node.scope;
    const { view, diagnostics } = evaluating.evaluateApart({ path: this.path, payload, definitions });
    // What it read outside may have been missing there; then whoever called it has to wait.
    evaluating.tracker.assertGoesOn();
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    for (const each of errors) this.report(each);
    return errors.length === 0 ? view : NO_VALUE;
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
      ...conditionProblem(condition, ` for "${renderPath(this.path)}"`),
      marks: [{ role: "defined here", place: placeOf(origin, this.path) }],
    };
  }
}

/** Parts of a path inside a value; longer ones come from values that contain themselves. */
const deepest = 500;

function endlessValue({ path }: OptionNode): DiagnosticError {
  return new DiagnosticError([
    {
      code: "endless-nesting",
      severity: "error",
      message: `Cannot take the value of "${renderPath(path)}": it is nested more than ${deepest} levels deep`,
      optionPath: path,
      marks: [],
      why: ["A value that contains itself has no end"],
      fix: "Define a value that does not contain itself",
    },
  ]);
}

function isPlain({ value }: Definition): boolean {
  return value !== undefined && findWrapper(value) === undefined;
}
