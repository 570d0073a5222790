import type { OptionType } from "@firn/option";

/** What can be known of an option beside its value; each member is read like a value. */
export interface OptionInfo {
  readonly path: readonly string[];
  readonly type: OptionType;
  readonly description: string | undefined;
  /** Whether anything, a default included, gives it a value; false for a type's empty value. */
  readonly isDefined: boolean;
  /** The smallest priority number among its definitions; 9999 when there is none. */
  readonly highestPriority: number;
  /** The definitions that won, in merge order. */
  readonly definitions: readonly { readonly value: unknown; readonly module: string }[];
  /** Names of the modules that declare it. */
  readonly declarations: readonly string[];
}
