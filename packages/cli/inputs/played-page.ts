/** A command that a page shows, with what it says. */
export interface ShownCommand {
  readonly machine: string;
  /** Folder below the home of the machine. */
  readonly folder: string;
  readonly line: string;
  readonly said: string;
}

/** Who plays a page. */
export interface Player {
  /** Puts a file where the page says that it is. */
  write(machine: string, file: string, text: string): void;
  /** Does what the page shows, and gives what is seen. */
  run(command: ShownCommand): string;
}

/**
 * Plays a page in Markdown: files are blocks that say where they are, as in
 * "ts ada:~/acme/main.ts"; commands are in blocks "console", each after a prompt
 * such as "ada:~/acme$ " and before what it says.
 *
 * @returns the page as it is when it tells what is seen
 */
export function playPage(page: string, player: Player): string {
  return page.replaceAll(/^```(\w+)(?: (\w+):~\/(\S+))?\n([\s\S]*?)^```$/gm, (block, ...parts: readonly string[]) => {
    const [kind, machine = "", file = "", text = ""] = parts;
    if (machine !== "") player.write(machine, file, text);
    if (kind !== "console") return block;
    const seen = parseCommands(text).map((command) => renderCommand(command, player.run(command)));
    return `\`\`\`console\n${seen.join("")}\`\`\``;
  });
}

function parseCommands(text: string): ShownCommand[] {
  return text.split(/^(?=\w+:~\S*\$ )/m).map((part) => {
    const [first = "", ...said] = part.split("\n");
    const [, machine = "", folder = "", line = ""] = /^(\w+):~\/?(\S*)\$ (.*)$/.exec(first) ?? [];
    return { machine, folder, line, said: said.join("\n") };
  });
}

function renderCommand({ machine, folder, line }: ShownCommand, seen: string): string {
  // A blank line after what is said is for terminals.
  const said = seen.trimEnd() === "" ? "" : `${seen.trimEnd()}\n`;
  return `${machine}:~${folder === "" ? "" : `/${folder}`}$ ${line}\n${said}`;
}
