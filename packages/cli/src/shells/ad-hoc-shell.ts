import type { CommandCall } from "../command.ts";
import { openFlake } from "../open-flake.ts";
import { keepShell, type ReadyShell } from "./kept-shell.ts";

/**
 * Makes the shell that a command line asks for, unless it was made before.
 *
 * @param words the packages
 * @param command how it was called, for advice
 * @throws DiagnosticError "bad-usage" for words that name no package, and whatever keeps it from being made
 */
export async function adHocShell(
  words: readonly string[],
  command: string,
  { flags, terminal }: Pick<CommandCall, "flags" | "terminal">,
): Promise<ReadyShell> {
  const flake = openFlake(terminal);
  const { source: sources } = flags;
  return keepShell(flake, [words, sources], async () => {
    const [{ findAdHoc }, { readPackageWords }, { placeShell }] = await Promise.all([
      import("./find-closure.ts"),
      import("./package-words.ts"),
      import("./place-shell.ts"),
    ]);
    return placeShell(await findAdHoc(flake, { asked: readPackageWords(words, command), sources }, terminal), terminal);
  });
}
