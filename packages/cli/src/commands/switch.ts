import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";
import { comparePlans, parsePlan, type Plan } from "@firn/plan";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { type CommandCall, exitStatus } from "../command.ts";
import { buildHost } from "../machine/build-host.ts";
import { factsOf } from "../machine/generation-facts.ts";
import { type Machine, openMachine } from "../machine/open-machine.ts";
import { readStoredManifest, type Target } from "../machine/plan-machine.ts";
import { refuseChanged, switchMachine } from "../machine/switch-machine.ts";
import type { Flags } from "../flags.ts";
import { openFlake } from "../open-flake.ts";
import { run as runPlan } from "./plan.ts";

/** Makes a machine what its host says. */
export async function run(call: CommandCall): Promise<number> {
  const { flags, positionals, terminal } = call;
  refuseSecondTarget(flags);
  if (flags.dryRun) return (await runPlan(call)) === exitStatus.problem ? exitStatus.problem : exitStatus.done;
  const machine = openMachine(flags, terminal);
  const saved = flags.plan === undefined ? undefined : readPlan(resolve(terminal.directory, flags.plan));
  const [host = saved?.host ?? terminal.hostName] = positionals;
  const isBuiltHere = saved === undefined && flags.generation === undefined && !flags.toNone;
  const flake = isBuiltHere ? openFlake(terminal) : undefined;
  const target = await targetOf(call, { machine, saved, host });
  if (target === "problem") return exitStatus.problem;
  const name = target?.manifest.host ?? host;
  return switchMachine(
    {
      machine,
      target,
      takeOver: flags.takeOver || hasTakenOver(saved),
      isWhole: flags.all,
      facts: factsOf(name, flake),
      what: `firn switch ${name}`,
      inspect: (planned) => {
        if (saved !== undefined) refuseChanged(comparePlans(saved, planned.plan));
        return planned;
      },
    },
    terminal,
  );
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

/** A generation is a target of its own, and the plan to it is that of this machine as it is. */
function refuseSecondTarget({ dryRun, generation, plan, toNone }: Flags): void {
  if (generation === undefined || (!dryRun && !toNone && plan === undefined)) return;
  const problem: Diagnostic = {
    code: "bad-usage",
    severity: "error",
    message: `Cannot use --generation with ${dryRun ? "--dry-run" : toNone ? "--to-none" : "--plan"}`,
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
