import type { OptionType } from "firn";
import { retold } from "./merge-site.ts";

/** Says what a value must be in place of what was written. */
const concealedFix = "Correct the value at that line";

/** Makes a type whose problems never show a value: for hashes, keys and the like. */
export function concealed<T, D>(type: OptionType<T, D>): OptionType<T, D> {
  return {
    ...type,
    // What is plain reports its problems without asking the type.
    plain: false,
    merge(definitions, site) {
      const silent = retold(site, ({ code, marks, why }) => ({
        code,
        marks: marks.map((mark) => ({ ...mark, role: "defined here" })),
        message: `Cannot take what is defined for "${site.path.join(".")}": it is not of type "${type.description}"`,
        ...(why && { why }),
        fix: concealedFix,
      }));
      return type.merge(definitions, silent);
    },
  };
}
