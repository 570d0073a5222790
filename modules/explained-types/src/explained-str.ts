import { type OptionType, types } from "firn";

/** How the values of a type are checked. */
export interface Explaining {
  /** Describes the type, as a noun phrase. */
  readonly description: string;
  /** Says what is wrong with a text, as a sentence without full stop; undefined when it is right. */
  readonly check: (text: string) => string | undefined;
  /** Says what to write instead of a refused text. */
  readonly advise?: (text: string) => string | undefined;
}

/** Makes a type of texts whose problem says what is wrong with the text. */
export function explainedStr({ advise, check, description }: Explaining): OptionType<string> {
  const isText = (value: unknown): value is string => typeof value === "string";
  const base: OptionType<string> = {
    ...types.str,
    explain: (value) => (isText(value) ? check(value) : undefined),
    ...(advise && { advise: (value) => (isText(value) ? advise(value) : undefined) }),
  };
  return types.addCheck(base, (text) => check(text) === undefined, description);
}
