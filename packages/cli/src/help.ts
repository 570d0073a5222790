import type { Command } from "./command.ts";

/** Renders the list of commands. */
export function renderOverview(commands: readonly Command[]): string {
  const listed = commands.filter(({ hidden }) => hidden !== true);
  const width = Math.max(...listed.map(({ name }) => name.length)) + 2;
  const lines = listed.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`);
  return [
    "Firn runs machines: declare, pin, build, preview, switch, roll back, share",
    "",
    "Usage: firn COMMAND",
    "",
    ...lines,
    "",
    '"firn help COMMAND" says more of one; "firn --version" prints the version',
  ].join("\n");
}

/** Renders the help of one command. */
export function renderHelp({ name, usage, summary, details }: Command): string {
  return [`Usage: firn ${name} ${usage}`, "", summary, ...(details === "" ? [] : ["", details])].join("\n");
}
