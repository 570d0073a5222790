import { DiagnosticError, renderText } from "@firn/diagnostic";
import { cpSync, existsSync, lstatSync, mkdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type CommandCall, exitStatus } from "../command.ts";
import { openFlake } from "../open-flake.ts";
import type { Machine } from "./open-machine.ts";
import type { PlannedSwitch } from "./plan-machine.ts";

/**
 * Copies files as they are on the machine into the folder of the host in the
 * flake, and says what to write so that they are what is declared.
 */
export function adoptPaths(
  { terminal }: CommandCall,
  { machine, paths, planned }: { machine: Machine; paths: readonly string[]; planned: PlannedSwitch },
): number {
  const { root } = openFlake(terminal);
  for (const path of paths) {
    const step = planned.plan.files.find((each) => each.path === path);
    if (step === undefined || step.before.kind !== "file") throw cannotAdopt(path, step?.before.kind);
    const copy = join(root, "hosts", planned.plan.host, "files", path);
    if (existsSync(copy) && !lstatSync(copy).isFile()) throw cannotAdopt(path, "in the way in the flake");
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(join(machine.scope.root, path), copy);
    const source = `./${relative(root, copy)}`;
    terminal.print(`Copied ${renderText(path)} to ${renderText(source)}; define it so:`);
    terminal.print(`  ${definitionOf(path, source)}`);
  }
  return exitStatus.done;
}

function definitionOf(path: string, source: string): string {
  const [option, name] = path.startsWith("/etc/") ? ["etc", path.slice("/etc/".length)] : ["files", path];
  return `environment: { ${option}: { ${JSON.stringify(name)}: { source: ${JSON.stringify(source)} } } }`;
}

function cannotAdopt(path: string, what: string | undefined): DiagnosticError {
  return new DiagnosticError([
    {
      code: "bad-usage",
      severity: "error",
      message: `Cannot adopt "${path}"`,
      marks: [],
      why: [what === undefined ? "It is as it was written" : `What is there is no file: ${what}`],
      fix: "firn status lists what differs; what is no file is adopted by changing its definition",
    },
  ]);
}
