import { DiagnosticError } from "@firn/diagnostic";
import { listPrograms, type TreeProgram } from "@firn/package-tree";
import type { CommandCall } from "../command.ts";
import { adHocShell } from "../shells/ad-hoc-shell.ts";
import { enterShell } from "../shells/enter-shell.ts";

/** Runs a program of a package. */
export async function run(call: CommandCall): Promise<number> {
  const { flags, positionals, rest, terminal } = call;
  if (positionals.length > 1) throw tooMany(positionals);
  const shell = await adHocShell(positionals, "firn run", call);
  const [name = ""] = shell.asked;
  const command = rest.length > 0 ? rest : [findProgram(name, shell.tree)];
  return enterShell(shell, { name, isPure: flags.pure, command }, terminal);
}

/** Finds the program that is called like a package, or its only one. */
function findProgram(name: string, tree: string): string {
  const own = listPrograms(tree).filter((each) => each.package === name);
  const found = own.find((each) => each.name === name) ?? (own.length === 1 ? own[0] : undefined);
  if (found === undefined) throw unclear(name, own);
  return found.path;
}

function unclear(name: string, own: readonly TreeProgram[]): DiagnosticError {
  const [first] = own;
  const names = own.map((each) => each.name).join(", ");
  return new DiagnosticError([
    {
      code: "bad-usage",
      severity: "error",
      message: `Cannot tell which program of "${name}" to run: ${first === undefined ? "it has none" : "it has several"}`,
      marks: [],
      ...(first !== undefined && { why: [`They are ${names}`] }),
      fix: `firn run ${name} -- ${first?.name ?? "COMMAND"}`,
    },
  ]);
}

function tooMany([name = "", next = ""]: readonly string[]): DiagnosticError {
  return new DiagnosticError([
    {
      code: "bad-usage",
      severity: "error",
      message: `Cannot use ${JSON.stringify(next)}: firn run takes one package`,
      marks: [],
      why: ["What is run follows --"],
      fix: `firn run ${name} -- ${next}`,
    },
  ]);
}
