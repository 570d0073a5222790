import { type CommandCall, exitStatus } from "../command.ts";
import { initFlake } from "../init-flake.ts";

/** Makes the folder that it is called in a flake. */
export async function run({ terminal }: CommandCall): Promise<number> {
  const { written, mergeDriver } = await initFlake(terminal);
  const lines = [
    ...(written.length === 0 ? ["Every file of a flake is here already"] : written.map((file) => `Wrote ${file}`)),
    mergeDriver
      ? "git merges lockfile.json with firn from now on"
      : "Not in a git repository: run firn init again after git init, so that git merges lockfile.json with firn",
  ];
  terminal.print(lines.join("\n"));
  return exitStatus.done;
}
