import type { Diagnostic } from "@firn/diagnostic";
import { childCommands } from "./child-command.ts";
import { EvaluatingProcess, type ProcessRun } from "./evaluating-process.ts";
import { keepEngineCompiled } from "./keep-engine-compiled.ts";
import { type HostAnswer, parseAnswer } from "./host-answer.ts";
import { defaultLimits, limitReached, type SandboxLimits, sandboxBroke } from "./limit-problem.ts";
import type { HostToEvaluate, Question } from "./protocol.ts";
import { findRequired } from "./shared-modules.ts";

/** How a sandbox is started. */
export interface SandboxOptions {
  /** Folder with the scripts of the evaluator, as the build makes it. */
  readonly folder: string;
  readonly limits?: SandboxLimits;
}

/** The hosts of a bundle, and what to ask about them. */
export interface BundleToEvaluate {
  /** The name that stands for the bundle in stacks; starts with `firn:`. */
  readonly name: string;
  /** Text of an object of functions: the parts of the bundle. */
  readonly code: string;
  /** What an earlier evaluation of the same code gave as `compiled`. */
  readonly compiled?: Uint8Array | undefined;
  readonly hosts: readonly HostToEvaluate[];
  readonly question: Question;
}

/** What evaluating gave. */
export interface SandboxAnswer {
  /** One for each host, in order. */
  readonly hosts: readonly HostAnswer[];
  /** V8's compiled form of the code, where it was made: for another evaluation, and nobody else. */
  readonly compiled?: Uint8Array;
}

/** A process that evaluates host code, and may do nothing else. */
export interface Sandbox {
  /**
   * Evaluates the hosts of one bundle; called once.
   *
   * Problems come with the host they concern; beside those of the modules,
   * `evaluation-limit` and `internal`.
   */
  evaluate(bundle: BundleToEvaluate): Promise<SandboxAnswer>;
  /** Ends the process, also when it was never needed. */
  stop(): void;
}

/** Starts a sandbox: the process boots while its caller is looking for what to evaluate. */
export function startSandbox({ folder, limits: given = {} }: SandboxOptions): Sandbox {
  const limits = { ...defaultLimits, ...given };
  const begin = (): EvaluatingProcess => new EvaluatingProcess(childCommands(folder, limits), limits);
  let current = begin();
  const evaluate = async (bundle: BundleToEvaluate): Promise<SandboxAnswer> => {
    const { name, hosts, question, code, compiled } = bundle;
    const modules = findRequired(code);
    const run = await current.run({ job: { name, hosts, question, modules }, code, compiled });
    const answers = readAnswers(bundle, run, limits);
    const rest = hosts.slice(answers.length);
    if (rest.length === 0 && run.ending === "done") await keepEngineCompiled(folder);
    if (rest.length === 0) return { hosts: answers, ...(run.compiled && { compiled: run.compiled }) };
    // One host that breaks off does not hide the others.
    current = begin();
    const others = await evaluate({ ...bundle, hosts: rest });
    return { ...others, hosts: [...answers, ...others.hosts] };
  };
  return { evaluate, stop: () => current.stop() };
}

/** Reads the answers, and ends with a problem for the host at which the process broke off. */
function readAnswers(
  { hosts }: BundleToEvaluate,
  { answers, ending, detail }: ProcessRun,
  limits: Required<SandboxLimits>,
): HostAnswer[] {
  const read = hosts.slice(0, answers.length).map(({ name }, index) => readAnswer(name, answers[index], limits));
  const broken = hosts[answers.length];
  if (broken === undefined) return read;
  // What breaks at once breaks for all.
  if (ending === "broken" && read.length === 0) return hosts.map(({ name }) => brokenOff(sandboxBroke(name, detail)));
  const isLimit = ending !== "done" && ending !== "broken";
  const problem = isLimit ? limitReached(broken.name, ending, limits) : sandboxBroke(broken.name, detail);
  return [...read, brokenOff(problem)];
}

function brokenOff(problem: Diagnostic): HostAnswer {
  return { outcome: { kind: "module" }, diagnostics: [problem], failed: problem.message };
}

function readAnswer(host: string, answer: string | undefined, limits: Required<SandboxLimits>): HostAnswer {
  const failed = (detail: string): HostAnswer => ({
    outcome: { kind: "module" },
    diagnostics: [
      /Invalid string length/.test(detail) ? limitReached(host, "answer", limits) : sandboxBroke(host, detail),
    ],
    failed: detail,
  });
  if (answer === undefined) return failed("the evaluation broke off");
  try {
    const parsed = parseAnswer(answer);
    return parsed.failed === undefined ? parsed : failed(parsed.failed);
  } catch (thrown) {
    return failed(`the answer makes no sense: ${String(thrown)}`);
  }
}
