import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Diagnostic, isDiagnosticError, renderDiagnostic, renderText } from "@firn/diagnostic";
import { evaluate, type Evaluation } from "@firn/module-system";
import { growOption, type RandomOption } from "./random-option.ts";
import { runsOr, seed } from "./runs.ts";

// Counted are random option trees, each with a random type up to three levels
// deep and with the definitions of one to three modules. They are evaluated
// together, `together` at a time, so that some also read each other.

/** How many option trees are evaluated. */
const trees = runsOr(100_000);
const together = 10;
/** Milliseconds; far more than it takes, since other tests share the machine. */
const patience = 300_000;

test(
  "evaluate gives random options a value of their type or a diagnostic, whatever they are defined with",
  () => {
    let count = 0;
    const seeds = fc.array(fc.noBias(fc.integer()), { minLength: together, maxLength: together });
    fc.assert(
      fc.property(seeds, (chosen) => {
        const options = chosen.map(growOption);
        count += options.length;
        checkOptions(options);
      }),
      { numRuns: Math.ceil(trees / together), endOnFailure: true, seed },
    );
    expect(count).toBeGreaterThanOrEqual(trees);
  },
  patience,
);

function checkOptions(options: readonly RandomOption[]): void {
  const evaluation = evaluate({ modules: options.flatMap(({ modules }) => modules), name: "random" });
  for (const each of evaluation.diagnostics) checkDiagnostic(each);
  for (const each of options) checkOption(evaluation, each);
  // An explanation runs functions again, and takes as long as all the rest.
  for (const each of options.slice(0, 1)) checkLooks(evaluation, each);
}

/** Stacks are looked at, as whoever shows positions does. */
const sources = { locate: ({ capture }: { capture?: { stack?: string } }) => void String(capture?.stack) };

function checkDiagnostic(diagnostic: Diagnostic): void {
  const text = renderDiagnostic(diagnostic, { sources });
  if (!text.includes(renderText(diagnostic.message)) || diagnostic.message.includes("mistake in Firn"))
    throw new Error(text);
}

function checkOption(evaluation: Evaluation, { path, grown, isOther }: RandomOption): void {
  try {
    const value = path.reduce<unknown>((view, part) => Reflect.get(view as object, part), evaluation.config);
    const type = evaluation.option(path)?.type ?? grown.type;
    if (!isOther && !grown.fits(value)) throw new Error(`"${type.description}" has another value`);
    if (!isOther && type.plain === true && !type.accepts(value)) throw new Error(`"${type.description}" refuses it`);
  } catch (thrown) {
    checkThrown(thrown);
  }
}

/** Whoever asks for a value as data, or where it comes from, hears nothing worse. */
function checkLooks(evaluation: Evaluation, { path }: RandomOption): void {
  for (const look of [() => evaluation.value(path), () => evaluation.explain(path)]) {
    try {
      look();
    } catch (thrown) {
      checkThrown(thrown);
    }
  }
}

/** An option without value says why. */
function checkThrown(thrown: unknown): void {
  if (!isDiagnosticError(thrown)) throw thrown;
  expect(thrown.diagnostics.length).toBeGreaterThan(0);
  for (const each of thrown.diagnostics) checkDiagnostic(each);
}
