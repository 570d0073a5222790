import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";
import { comparePlans, parsePlan, type Plan } from "@firn/plan";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type CommandCall, exitStatus } from "../command.ts";
import { buildHost } from "../machine/build-host.ts";
import { factsOf } from "../machine/generation-facts.ts";
import { type Machine, openMachine } from "../machine/open-machine.ts";
import { readStoredManifest, type Target } from "../machine/plan-machine.ts";
import { refuseChanged, switchMachine } from "../machine/switch-machine.ts";
import { openFlake } from "../open-flake.ts";
import { run as runPlan } from "./plan.ts";

/** Makes a machine what its host says. */
export async function run(call: CommandCall): Promise<number> {
  const { flags, positionals, terminal } = call;
  if (flags.dryRun) return (await runPlan(call)) === exitStatus.problem ? exitStatus.problem : exitStatus.done;
  const machine = openMachine(flags, terminal);
  const saved = flags.plan === undefined ? undefined : readPlan(resolve(terminal.directory, flags.plan));
  const [host = saved?.host ?? terminal.hostName] = positionals;
  const flake = saved === undefined && !flags.toNone ? openFlake(terminal) : undefined;
  const target = await targetOf(call, { machine, saved, host });
  if (target === "problem") return exitStatus.problem;
  return switchMachine(
    {
      machine,
      target,
      takeOver: flags.takeOver || hasTakenOver(saved),
      isWhole: flags.all,
      facts: factsOf(host, flake),
      what: `firn switch ${host}`,
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
  if (saved === undefined) {
    return (await buildHost({ flake: openFlake(terminal), host, store: machine.store }, terminal)) ?? "problem";
  }
  const generation = saved.to?.name;
  return generation === undefined ? undefined : { generation, manifest: readStoredManifest(machine.store, generation) };
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
