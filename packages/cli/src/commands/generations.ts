import { renderText } from "@firn/diagnostic";
import { type CommandCall, exitStatus } from "../command.ts";
import { openMachine } from "../machine/open-machine.ts";

/** Lists the generations of a machine. */
export async function run({ flags, terminal }: CommandCall): Promise<number> {
  const { profile } = openMachine(flags, terminal);
  const current = profile.current()?.number;
  const all = profile.list().map((each) => ({ ...each, isCurrent: each.number === current }));
  if (flags.json) terminal.print(JSON.stringify(all));
  else if (all.length === 0) terminal.print("No generation yet: firn switch makes the first");
  for (const { commit, host, isCurrent, number, time } of flags.json ? [] : all) {
    const when = time.replace("T", " ").replace(/\.\d+Z$/, "Z");
    const parts = [`${number}`.padStart(4), when, host, ...(commit === undefined ? [] : [shorten(commit)])];
    terminal.print(renderText(parts.join("  ")) + (isCurrent ? "  (current)" : ""));
  }
  return exitStatus.done;
}

function shorten(commit: string): string {
  return commit.slice(0, 10) + (commit.endsWith("+") ? "+" : "");
}
