import { evaluate } from "@firn/module-system";
import { answerQuestion } from "./answer-question.ts";
import type { HostToEvaluate, Question } from "./protocol.ts";
import { type RunningChunks, startChunks, type StartChunks } from "./run-chunks.ts";
import { showDiagnostic } from "./show-diagnostic.ts";
import { loadHost } from "./show-outcome.ts";
import { showJson } from "./show-value.ts";

/** A bundle that answers with JSON text about one host after another. */
export interface AnsweringBundle {
  /** @param request JSON text of a `HostToEvaluate` with a `Question` */
  answer(request: string): string;
}

/** Starts a bundle whose hosts can be asked about; no answer ever throws what host code made. */
export function startBundle(start: StartChunks, shared: Readonly<Record<string, object>>): AnsweringBundle {
  const running = startChunks(start, shared);
  return {
    answer(request) {
      try {
        const { name, chunk, question } = JSON.parse(request) as HostToEvaluate & { question: Question }; // The parent wrote it.
        return showJson(answerHost(running, { name, chunk }, question));
      } catch (thrown) {
        return showJson({ failed: showFailure(thrown) });
      }
    },
  };
}

function answerHost(running: RunningChunks, { name, chunk }: HostToEvaluate, question: Question): object {
  const loaded = loadHost(() => running.exportsOf(chunk), isPackage(name));
  if (loaded.modules === undefined) return { outcome: loaded.outcome, diagnostics: [] };
  const evaluation = evaluate({ modules: loaded.modules, name });
  return {
    outcome: { kind: "module" },
    diagnostics: evaluation.diagnostics.map(showDiagnostic),
    ...answerQuestion(evaluation, question),
  };
}

/** Packages are named by their folders, and hosts by that of theirs below "hosts". */
function isPackage(name: string): boolean {
  return name.includes("/");
}

/** Says what went wrong in words; only a mistake of the engine, or a configuration of absurd size, comes here. */
function showFailure(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.stack) : String(thrown);
  } catch {
    return "something was thrown that cannot be shown";
  }
}
