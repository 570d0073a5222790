import type { CommandCall } from "../command.ts";
import { adHocShell } from "../shells/ad-hoc-shell.ts";
import { enterShell } from "../shells/enter-shell.ts";

/** Starts a shell that has the packages that are named. */
export async function run(call: CommandCall): Promise<number> {
  const { flags, positionals, rest, terminal } = call;
  const shell = await adHocShell(positionals, "firn shell", call);
  return enterShell(shell, { name: shell.asked.join(" "), isPure: flags.pure, command: rest }, terminal);
}
