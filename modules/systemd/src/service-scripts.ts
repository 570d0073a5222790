/** A script of a service. */
export interface Script {
  /** Setting that names it. */
  readonly setting: string;
  /** Name of its file. */
  readonly name: string;
  readonly text: string;
}

const endings = new Map([
  ["ExecStartPre", "-pre-start"],
  ["ExecStartPost", "-post-start"],
]);

/** Names the file of a script. */
export function scriptName(service: string, setting: string): string {
  return `${service}${endings.get(setting) ?? ""}`;
}

/** Completes a script to a program: one for sh that ends with the first command that fails, unless it says otherwise. */
export function withInterpreter(text: string): string {
  const whole = text.startsWith("#!") ? text : `#!/bin/sh\nset -e\n${text}`;
  return whole.endsWith("\n") ? whole : `${whole}\n`;
}

/** Writes a path as a command line of systemd, where backslash and spaces have a meaning; specifiers keep theirs. */
export function quoteCommand(path: string): string {
  return /[\\\s"']/.test(path) ? `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"` : path;
}
