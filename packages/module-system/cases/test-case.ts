import { type Diagnostic, type DiagnosticCode, isDiagnosticError, renderPath } from "@firn/diagnostic";
import { evaluate, type Evaluation, type Module } from "@firn/module-system";
import { expect } from "vitest";

/** A path with dots, or in parts where a part has dots itself. */
export type Path = string | readonly string[];

interface Given {
  /** What the case shows. */
  readonly title: string;
  /** Numbers of the checks of NixOS whose outcome this is. */
  readonly check?: number | readonly number[];
  /** Numbers of the checks in whose place this outcome stands, see `differences`. */
  readonly differs?: number | readonly number[];
  readonly modules?: readonly Module[];
  readonly args?: { readonly [name: string]: unknown };
  readonly class?: string;
  readonly name?: string;
}

interface Read {
  /** The value looked at. */
  readonly path?: Path;
  /** Looks at something that no path leads to. */
  readonly read?: (evaluation: Evaluation) => unknown;
}

/** A case that gives a value; there is no problem but those named. */
export interface ValueCase extends Given, Read {
  readonly expected: unknown;
  /** Codes of all errors, which concern other options. */
  readonly despite?: readonly DiagnosticCode[];
  /** Codes of all warnings. */
  readonly warns?: readonly DiagnosticCode[];
}

/** A case in which a name is not there; there is no problem. */
export interface AbsentCase extends Given {
  readonly absent: Path;
}

interface Expected {
  readonly message?: RegExp;
  /** The option concerned. */
  readonly blames?: string;
  /** What the reasons and the fix say. */
  readonly advice?: RegExp;
  /** Names shown for the places, the primary one first; further places may follow. */
  readonly by?: readonly string[];
}

/** A case that is an error: of the evaluation, or of the read if there is one. */
export interface ErrorCase extends Given, Read, Expected {
  readonly error: DiagnosticCode;
  /** Codes of the other errors, in their order. */
  readonly also?: readonly DiagnosticCode[];
}

/** A case that gives one warning and no error. */
export interface WarningCase extends Given, Expected {
  readonly warning: DiagnosticCode;
}

/** A case in which a declaration cannot even be written down. */
export interface ThrowCase extends Given {
  readonly throws: RegExp;
  readonly build: () => unknown;
}

/** One case of the language. */
export type TestCase = ValueCase | AbsentCase | ErrorCase | WarningCase | ThrowCase;

/** Tells whether a case shows that something is refused. */
export function isErrorCase(each: TestCase): each is ErrorCase | ThrowCase {
  return "error" in each || "throws" in each;
}

/** Evaluates the modules of a case and compares the outcome. */
export function runCase(each: TestCase): void {
  if ("throws" in each) expect(each.build).toThrow(each.throws);
  else if ("error" in each) runErrorCase(each);
  else if ("warning" in each) runWarningCase(each);
  else if ("absent" in each) runAbsentCase(each);
  else runValueCase(each);
}

function evaluateCase({ modules = [], args = {}, class: kind, name = "" }: Given): Evaluation {
  return evaluate({ modules, args, name, ...(kind !== undefined && { class: kind }) });
}

function runValueCase(each: ValueCase): void {
  const evaluation = evaluateCase(each);
  expect(messagesBut(each.despite ?? [], problemsOf(evaluation, "error"))).toEqual([]);
  expect(codesOf(problemsOf(evaluation, "error"))).toEqual(each.despite ?? []);
  expect(codesOf(problemsOf(evaluation, "warning"))).toEqual(each.warns ?? []);
  expect(readCase(each, evaluation)).toEqual(each.expected);
}

function runAbsentCase(each: AbsentCase): void {
  const evaluation = evaluateCase(each);
  expect(messagesBut([], evaluation.diagnostics)).toEqual([]);
  const path = partsOf(each.absent);
  const parent = evaluation.value(path.slice(0, -1));
  expect(Object.keys(parent ?? {})).not.toContain(path.at(-1));
}

function runErrorCase(each: ErrorCase): void {
  const evaluation = evaluateCase(each);
  const hasRead = each.path !== undefined || each.read !== undefined;
  const problems = hasRead ? problemsThrownBy(() => readCase(each, evaluation)) : problemsOf(evaluation, "error");
  expect(codesOf(problems), problems.map(({ message }) => message).join("\n")).toEqual([
    each.error,
    ...(each.also ?? []),
  ]);
  compareProblem(problems[0], each);
}

function runWarningCase(each: WarningCase): void {
  const { diagnostics } = evaluateCase(each);
  expect(codesOf(diagnostics)).toEqual([each.warning]);
  compareProblem(diagnostics[0], each);
}

function compareProblem(problem: Diagnostic | undefined, each: Expected): void {
  if (each.blames !== undefined) expect(renderPath(problem?.optionPath ?? [])).toBe(each.blames);
  if (each.by !== undefined) expect(namesOfPlaces(problem).slice(0, each.by.length)).toEqual(each.by);
  if (each.message !== undefined) expect(problem?.message).toMatch(each.message);
  if (each.advice !== undefined) expect([...(problem?.why ?? []), problem?.fix].join("\n")).toMatch(each.advice);
}

function namesOfPlaces(problem: Diagnostic | undefined): (string | undefined)[] {
  return (problem?.marks ?? []).map(({ place }) => place.label);
}

function problemsOf({ diagnostics }: Evaluation, severity: Diagnostic["severity"]): Diagnostic[] {
  return diagnostics.filter((each) => each.severity === severity);
}

/** The messages of what was not expected, which say more than codes. */
function messagesBut(expected: readonly DiagnosticCode[], problems: readonly Diagnostic[]): string[] {
  return problems.filter(({ code }) => !expected.includes(code)).map(({ code, message }) => `${code}: ${message}`);
}

function codesOf(problems: readonly Diagnostic[]): DiagnosticCode[] {
  return problems.map(({ code }) => code);
}

function readCase({ path = [], read }: Read, evaluation: Evaluation): unknown {
  return read === undefined ? evaluation.value(partsOf(path)) : read(evaluation);
}

function problemsThrownBy(body: () => unknown): readonly Diagnostic[] {
  try {
    body();
  } catch (thrown) {
    if (isDiagnosticError(thrown)) return thrown.diagnostics;
    throw thrown;
  }
  return [];
}

function partsOf(path: Path): readonly string[] {
  return typeof path === "string" ? path.split(".") : path;
}
