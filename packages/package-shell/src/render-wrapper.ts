import { perl, type RunnerOptions, runnerArguments } from "./runner-command.ts";
import { quoteWord } from "./quote-word.ts";

/** A program that is to be started in its tree by whoever runs the wrapper. */
export interface WrapperToRender extends RunnerOptions {
  /** Path as it is in the tree: "/usr/bin/jq". */
  readonly program: string;
}

/**
 * Renders a program for sh that runs one of a tree there: it needs perl, and
 * nothing of Firn. A program that runs in the tree may start it, too.
 */
export function renderWrapper({ program, ...options }: WrapperToRender): string {
  const words = [perl, ...runnerArguments(options), program].map(quoteWord);
  return [
    "#!/bin/sh",
    `[ /usr -ef ${quoteWord(`${options.tree}/usr`)} ] && exec ${quoteWord(program)} "$@"`,
    // The runner says itself which language is used in the tree.
    `PERL_BADLANG=0 exec ${words.join(" ")} "$@"`,
    "",
  ].join("\n");
}
