/** What became of a unit, as systemd shows it. */
export type Outcome = "stayed" | "restarted" | "reloaded" | "stopped" | "started" | "absent";

/** A rule, tried on a unit that changes in a certain way. */
export interface UnitCase {
  /** The rule of the reference, and what is particular. */
  readonly rule: string;
  /** With its type; unique. */
  readonly name: string;
  /** Text before and after; missing where it is not defined. */
  readonly before?: string;
  readonly after?: string;
  /** Whether it only adds to a unit that another case has. @default false */
  readonly isDropIn?: boolean;
  /** Whether a target wants it, so that it runs before. @default true */
  readonly isWanted?: boolean;
  readonly outcome: Outcome;
  /** The step of the plan; missing where it says nothing. */
  readonly step?: "start" | "stop" | "restart" | "reload" | "skip";
}

const run = "Type=exec\nExecStart=/bin/sleep infinity\nExecReload=/bin/sh -c 'echo reloaded >>/run/%n.reloads'\n";

/** Writes a service that runs until it is stopped. */
export function service({ unit = "", more = "" }: { unit?: string; more?: string } = {}): string {
  return `[Unit]\n${unit}\n[Service]\n${run}${more}`;
}

/** A change of a service that matters. */
export const changed = "Environment=A=1\n";
