import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";
import { comparePlans, parsePlan, type Plan } from "@firn/plan";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { type CommandCall, exitStatus } from "../command.ts";
import { buildHost } from "../machine/build-host.ts";
import { factsOf } from "../machine/generation-facts.ts";
import { type Machine, openMachine } from "../machine/open-machine.ts";
import { type PlannedSwitch, planMachine, readStoredManifest, type Target } from "../machine/plan-machine.ts";
import { reportPlan } from "../machine/report-plan.ts";
import { refuseChanged, switchMachine } from "../machine/switch-machine.ts";
import type { Flags } from "../flags.ts";
import { openFlake } from "../open-flake.ts";

/** Makes a machine what its host says. */
export async function run(call: CommandCall): Promise<number> {
  const { flags, positionals, terminal } = call;
  refuseSecondTarget(flags);
  const machine = openMachine(flags, terminal);
  const saved = flags.plan === undefined ? undefined : readPlan(resolve(terminal.directory, flags.plan));
  const [host = saved?.host ?? terminal.hostName] = positionals;
  const isBuiltHere = saved === undefined && flags.generation === undefined && !flags.toNone;
  const flake = isBuiltHere ? openFlake(terminal) : undefined;
  const target = await targetOf(call, { machine, saved, host });
  if (target === "problem") return exitStatus.problem;
  const name = target?.manifest.host ?? host;
  const takeOver = flags.takeOver || hasTakenOver(saved);
  const inspect = (planned: PlannedSwitch): PlannedSwitch => {
    if (saved !== undefined) refuseChanged(comparePlans(saved, planned.plan));
    return planned;
  };
  if (flags.dryRun) {
    const planned = inspect(await planMachine(machine, target, { takeOver }));
    const status = await reportPlan(call, { machine, planned });
    return status === exitStatus.problem ? status : exitStatus.done;
  }
  const facts = factsOf(name, flake);
  const request = { machine, target, takeOver, facts, inspect, isWhole: flags.all, what: `firn switch ${name}` };
  return switchMachine(request, terminal);
}

async function targetOf(
  { flags, terminal }: CommandCall,
  { host, machine, saved }: { machine: Machine; saved: Plan | undefined; host: string },
): Promise<Target | "problem" | undefined> {
  if (flags.toNone) return undefined;
  const { store } = machine;
  if (flags.generation !== undefined) {
    const generation = basename(flags.generation);
    return { generation, manifest: readStoredManifest(store, generation) };
  }
  if (saved === undefined) {
    return (await buildHost({ flake: openFlake(terminal), host, store }, terminal)) ?? "problem";
  }
  const generation = saved.to?.name;
  return generation === undefined ? undefined : { generation, manifest: readStoredManifest(store, generation) };
}

/** A generation is a target of its own. */
function refuseSecondTarget({ generation, plan, toNone }: Flags): void {
  if (generation === undefined || (!toNone && plan === undefined)) return;
  const problem: Diagnostic = {
    code: "bad-usage",
    severity: "error",
    message: `Cannot use --generation with ${toNone ? "--to-none" : "--plan"}`,
    marks: [],
    fix: "firn switch --generation NAME",
  };
  throw new DiagnosticError([problem]);
}

/** Whoever looked at the plan has seen what it takes over. */
function hasTakenOver(saved: Plan | undefined): boolean {
  return saved?.collisions.some(({ isTakenOver }) => isTakenOver) === true;
}

function readPlan(file: string): Plan {
  const { diagnostics, plan } = parsePlan(readText(file), { file });
  if (plan === undefined) throw new DiagnosticError(diagnostics);
  return plan;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const problem: Diagnostic = {
      code: "bad-usage",
      severity: "error",
      message: `Cannot read the plan "${file}"`,
      marks: [],
      why: [cause instanceof Error ? cause.message : String(cause)],
      fix: "firn plan HOST --out FILE",
      cause,
    };
    throw new DiagnosticError([problem]);
  }
}
