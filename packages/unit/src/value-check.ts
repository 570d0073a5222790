import { checkSpecifiers } from "./check-specifiers.ts";
import { splitWords } from "./split-words.ts";

/** Says what is wrong with a value; undefined when nothing is. */
export type ValueCheck = (value: string) => string | undefined;

/** Makes the check of a kind of values, given the words after its name in the tables of settings. */
export interface ValueKinds {
  readonly [kind: string]: (args: readonly string[]) => ValueCheck;
}

/** Makes a check of a predicate, and of words for what it takes. */
export function takes(what: string, accepts: (value: string) => boolean): ValueCheck {
  return (value) => (accepts(value) ? undefined : `It has to be ${what}`);
}

/** Checks a value that may have specifiers: one that has is not known here, and taken. */
export function specified(check: ValueCheck): ValueCheck {
  return (text) => {
    const { problem, value } = checkSpecifiers(text);
    return problem ?? (value === undefined ? undefined : check(value));
  };
}

/** Checks each word of a value, with specifiers as above. */
export function wordsOf(check: ValueCheck): ValueCheck {
  const checkWord = specified(check);
  return (value) => {
    const words = splitWords(value);
    return words === undefined
      ? "A quote is not closed"
      : words.map(checkWord).find((problem) => problem !== undefined);
  };
}

/** Tells whether each word of a value is accepted. */
export function areWords(value: string, accepts: (word: string) => boolean): boolean {
  return value.split(/\s+/).every((word) => word === "" || accepts(word));
}

/** Checks words of which "~" in front means all but these. */
export function someOrAllBut(what: string, accepts: (word: string) => boolean): ValueCheck {
  return takes(`${what}, after "~" all but these`, (value) => areWords(value.replace(/^~/, ""), accepts));
}

/** Tells whether a text is yes or no to systemd. */
export function isBoolean(text: string): boolean {
  return /^(?:1|yes|y|true|t|on|0|no|n|false|f|off)$/i.test(text);
}
