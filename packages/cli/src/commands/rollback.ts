import { DiagnosticError } from "@firn/diagnostic";
import type { CommandCall } from "../command.ts";
import { openMachine } from "../machine/open-machine.ts";
import { readStoredManifest } from "../machine/plan-machine.ts";
import { switchMachine } from "../machine/switch-machine.ts";

/** Goes back to an earlier generation. */
export async function run({ flags, positionals, terminal }: CommandCall): Promise<number> {
  const machine = openMachine(flags, terminal);
  const all = machine.profile.list();
  const current = machine.profile.current()?.number ?? Infinity;
  const [wanted] = positionals;
  const found =
    wanted === undefined
      ? all.findLast(({ number }) => number < current)
      : all.find(({ number }) => `${number}` === wanted);
  if (found === undefined)
    throw noSuchGeneration(
      wanted,
      all.map(({ number }) => number),
    );
  const { generation, host, number } = found;
  return switchMachine(
    {
      machine,
      takeOver: flags.takeOver,
      isWhole: flags.all,
      facts: found,
      what: `firn rollback ${number}`,
      target: {
        generation,
        manifest: readStoredManifest(machine.store, generation),
      },
    },
    { ...terminal, hostName: host },
  );
}

function noSuchGeneration(wanted: string | undefined, known: readonly number[]): DiagnosticError {
  return new DiagnosticError([
    {
      code: "bad-usage",
      severity: "error",
      message:
        wanted === undefined
          ? "Cannot go back: there is no earlier generation"
          : `Cannot go back to generation "${wanted}": there is none`,
      marks: [],
      why: [known.length === 0 ? "No generation is known here" : `There are ${known.join(", ")}`],
      fix: "firn generations",
    },
  ]);
}
