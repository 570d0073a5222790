import * as z from "zod";
import { checkHomePath, checkPath } from "./managed-path.ts";
import type { ManagedCheck, ManagedHook } from "./manifest.ts";
import type { ManifestReading } from "./manifest-reading.ts";

const enable = z.boolean().default(true);
const command = z
  .string()
  .regex(/\S/, "A command is not empty")
  .regex(/^[^\0]*$/, "A command has no null characters");
const hookOption = z.object({
  enable,
  run: command,
  undo: command.nullable().default(null),
  onChange: z.array(z.string()).default([]),
});
const checkOption = z.object({ enable, run: command, timeout: z.int().min(0).max(86_400).default(0) });

/** Reads hooks: those of the system, or those of a home, whose paths may be relative to it. */
export function readHooks(
  reading: ManifestReading,
  path: readonly string[],
  home?: string,
): { [name: string]: ManagedHook } {
  const members = reading.members(path, hookOption).flatMap(({ name, option, value }) => {
    if (!value.enable) return [];
    const wrong = value.onChange.find((each) => problemOfPath(each, home) !== undefined);
    const problem =
      checkName(name) ??
      (wrong === undefined ? undefined : `it has a path ${JSON.stringify(wrong)}: ${problemOfPath(wrong, home)}`);
    if (problem !== undefined) return reading.refuse(option, { problem });
    reading.enter(home === undefined ? `hook ${name}` : `home-hook ${home} ${name}`, option);
    const { run, undo } = value;
    const onChange = [...new Set(value.onChange)].toSorted();
    return [[name, { run, onChange, ...(undo !== null && { undo }) }] as const];
  });
  return Object.fromEntries(members);
}

/** Reads the checks of one time. */
export function readChecks(reading: ManifestReading, when: "after" | "before"): { [name: string]: ManagedCheck } {
  const members = reading.members(["checks", when], checkOption).flatMap(({ name, option, value }) => {
    if (!value.enable) return [];
    const problem = checkName(name);
    if (problem !== undefined) return reading.refuse(option, { problem });
    reading.enter(`check ${name}`, option);
    return [[name, { run: value.run, timeout: value.timeout }] as const];
  });
  return Object.fromEntries(members);
}

/** A path that ends with "/" means all below it. */
function problemOfPath(path: string, home?: string): string | undefined {
  const own = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  return home === undefined || own.startsWith("/") ? checkPath(own) : checkHomePath(own);
}

/** The name stands in file names of the state. */
function checkName(name: string): string | undefined {
  return /^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,99}$/.test(name)
    ? undefined
    : `${JSON.stringify(name)} is no name: use letters, digits, "_", "-", "." and "@"`;
}
