import { type Diagnostic, isDiagnosticError, renderPath, renderValue } from "@firn/diagnostic";
import type { Evaluation, OptionEntry } from "@firn/module-system";
import type { Question } from "./protocol.ts";
import { showDiagnostic, showMark } from "./show-diagnostic.ts";
import { showMembers } from "./show-members.ts";
import { showExplanations } from "./show-explanation.ts";
import { showJson, showValue } from "./show-value.ts";

/** Answers a question about an evaluated host as data. */
export function answerQuestion(evaluation: Evaluation, question: Question): object {
  switch (question.kind) {
    case "problems":
      return {};
    case "value":
      return { value: answerValue(evaluation, question.path) };
    case "explain": {
      const explanations = showExplanations(evaluation, question.path, question.depth);
      return { explanations, ...(explanations.length === 0 && { known: knownPaths(evaluation) }) };
    }
    case "members":
      return { value: answerValue(evaluation, []), members: showMembers(evaluation, question.paths) };
    case "options":
      return { options: evaluation.options().map(showEntry) };
  }
}

function answerValue(evaluation: Evaluation, path: readonly string[]): object {
  try {
    const { diagnostics } = evaluation;
    const whole = diagnostics.length === 0 ? showJson(evaluation.value([])) : undefined;
    if (path.length === 0) return { json: wholeOf(evaluation, whole), diagnostics: [], whole };
    const value = evaluation.find(path) && evaluation.value(path);
    return value === undefined
      ? { diagnostics: [], known: knownPaths(evaluation), whole }
      : { json: showJson(value), diagnostics: [], whole };
  } catch (thrown) {
    if (thrown instanceof RangeError) throw thrown; // The text is longer than any may be.
    return { diagnostics: (isDiagnosticError(thrown) ? thrown.diagnostics : [unshowable(thrown)]).map(showDiagnostic) };
  }
}

/** Data can hold objects of classes, whose own functions run when they are written down. */
function unshowable(thrown: unknown): Diagnostic {
  return {
    code: "config-threw",
    severity: "error",
    message: "Cannot show the configuration: a value in it threw an exception when it was read",
    marks: thrown instanceof Error ? [{ role: "thrown here", place: { capture: thrown } }] : [],
    why: [renderValue(thrown instanceof Error ? thrown.message : thrown)],
    fix: "Define plain data: texts, numbers, lists and objects",
  };
}

function wholeOf(evaluation: Evaluation, known: string | undefined): string | undefined {
  return evaluation.diagnostics.some(isError) ? undefined : (known ?? showJson(evaluation.value([])));
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

function knownPaths(evaluation: Evaluation): string[] {
  return evaluation.options().map((entry) => renderPath(entry.path));
}

function showEntry(entry: OptionEntry): object {
  return {
    ...entry,
    defaultShown: showValue(entry.default).shown,
    exampleShown: showValue(entry.example).shown,
    declarations: entry.declarations.map(showMark),
  };
}
