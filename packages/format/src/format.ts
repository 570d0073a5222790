import type { OptionType, Wrapped } from "firn";

/** A format of configuration files: which settings it can hold, and how they are written. */
export interface Format<T, D = T> {
  /** Type for an option with such settings. */
  readonly type: OptionType<T, D>;
  /** Writes settings that the type took, names sorted; the same settings give the same text. */
  render(settings: T): string;
}

/** What a definition may be where reading gives a T. */
export type Defined<T> = T | Wrapped<T>;
