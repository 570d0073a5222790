import { renderDirenv, writeWrappers } from "@firn/package-shell";
import { join } from "node:path";
import { type CommandCall, exitStatus } from "../command.ts";
import { openFlake } from "../open-flake.ts";
import { enterShell } from "../shells/enter-shell.ts";
import { keepShell, type ReadyShell } from "../shells/kept-shell.ts";

/** Enters a development shell of the flake. */
export async function run({ flags, positionals, rest, terminal }: CommandCall): Promise<number> {
  const [name = "default"] = positionals;
  const flake = openFlake(terminal);
  const shell = await keepShell(flake, [["develop", name]], async () => {
    const [{ findShell }, { placeShell }] = await Promise.all([
      import("../shells/find-closure.ts"),
      import("../shells/place-shell.ts"),
    ]);
    return placeShell(findShell(flake, name), terminal);
  });
  if (!flags.direnv) return enterShell(shell, { name, isPure: flags.pure, command: rest }, terminal);
  terminal.print(renderForDirenv(name, shell, flake.root));
  return exitStatus.done;
}

/** The shell that direnv serves sees the machine's own /usr: it gets a program for each of the packages that were asked for. */
function renderForDirenv(name: string, { asked, environment, folder, tree }: ReadyShell, root: string): string {
  const wrappers = writeWrappers({ tree, folder: join(folder, "wrappers"), packages: asked });
  const watched = ["flake.yaml", "lockfile.json"].map((file) => quoteWord(join(root, file)));
  return `watch_file ${watched.join(" ")}\n${renderDirenv({ tree, wrappers, name, set: environment })}`.trimEnd();
}

function quoteWord(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
