/** Where a command writes and what it knows of its surroundings; the edge of the program. */
export interface Terminal {
  /** Folder the command was called in. */
  readonly directory: string;
  readonly environment: { readonly [name: string]: string | undefined };
  /** Name of this machine, the default host. */
  readonly hostName: string;
  /** Whether results may be colored. */
  readonly color: boolean;
  /** Whether results go to a screen, which obeys control characters. @default false */
  readonly isShown?: boolean;
  /** Writes a result. */
  print(text: string): void;
  /** Writes a problem. */
  report(text: string): void;
  /** Shows what long work is doing, in place of what it showed before, nothing for an empty text; missing where nobody watches. */
  showProgress?(text: string): void;
  /** The words by which this command can be run again; `firn` where they are not known. */
  readonly command?: readonly string[];
}

const styles = { bold: 1, dim: 2, green: 32, red: 31, yellow: 33, cyan: 36 } as const;

/** Styles text for a terminal that shows colors. */
export type Paint = (style: keyof typeof styles, text: string) => string;

/** Gives the function that styles text, or leaves it alone where there is no color. */
export function painter(color: boolean): Paint {
  return color ? (style, text) => `\u001b[${styles[style]}m${text}\u001b[0m` : (_style, text) => text;
}
