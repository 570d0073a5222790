/** Why a step is in a plan: the lines that a person wrote, or the input that moved. */
export interface Cause {
  /** Path of the option, rendered. */
  readonly option?: string;
  /** Places as `file:line:column`, the nearest first. */
  readonly places: readonly string[];
  /** Options whose values changed and led to it, with where they are defined. */
  readonly changes: readonly { readonly option: string; readonly place?: string }[];
  /** What moved, as "core 1.2.0 -> 1.3.0". */
  readonly input?: string;
}

/** Renders a cause for the end of a line. */
export function renderCause({ changes, input, places }: Cause): string {
  if (input !== undefined) return `input ${input}`;
  const [change] = changes;
  if (change?.place !== undefined) return `${change.place} (${change.option})`;
  return places[0] ?? "";
}

/** Finds the cause of a step, by the key of what it is about: "file /etc/motd", "user ada". */
export type FindCause = (key: string) => Cause | undefined;
