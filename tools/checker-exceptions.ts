import { parseSync } from "rolldown/utils";
import type { SourceFile } from "./workspace-files.ts";

/** A comment that tells the linter, the formatter or the compiler to look away. */
const exception = /^[\s*]*(oxlint-|eslint-|oxfmt-|prettier-|@ts-(ignore|nocheck|expect-error))/;

/** The two forms that are open to all: for one line, by name, with the reason. */
const allowed = [/^\s*oxlint-disable(-next)?-line [\w/, -]+? -- \S/, /^\s*@ts-expect-error \S/];

/** Checks that nothing is excepted from a check wholesale or without a reason, and returns a sentence for each. */
export function checkExceptions(sources: readonly SourceFile[]): string[] {
  return sources.flatMap(({ path, text }) =>
    parseSync(path, text)
      .comments.filter(({ value }) => exception.test(value) && !allowed.some((form) => form.test(value)))
      .map(({ value, start }) => {
        const line = text.slice(0, start).split("\n").length;
        return `${path}:${line}: Cannot except from a check with "${value.trim()}": name one line, one rule and the reason`;
      }),
  );
}
