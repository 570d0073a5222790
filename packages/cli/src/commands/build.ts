import { type CommandCall, exitStatus } from "../command.ts";
import { buildHost } from "../machine/build-host.ts";
import { openMachine } from "../machine/open-machine.ts";
import { openFlake } from "../open-flake.ts";

/** Builds the generation of a host and prints its path. */
export async function run({ flags, positionals, terminal }: CommandCall): Promise<number> {
  const [host = terminal.hostName] = positionals;
  const flake = openFlake(terminal);
  const { store } = openMachine(flags, terminal);
  const built = await buildHost({ flake, host, store }, terminal);
  if (built === undefined) return exitStatus.problem;
  const { generation, isNew, path } = built;
  terminal.print(flags.json ? JSON.stringify({ host, generation, path, isNew }) : path);
  return exitStatus.done;
}
