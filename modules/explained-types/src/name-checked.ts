import { type OptionType, types } from "firn";
import { retold } from "./merge-site.ts";

/** How the names of members are checked. */
export interface CheckName {
  /** What the names are names of, with its article: "a user". */
  readonly kind: string;
  /** Says what is wrong with a name, as a sentence without full stop; undefined when it is right. */
  readonly check: (name: string) => string | undefined;
  /** Says what to write instead. @default "Write another name" */
  readonly advise?: (name: string) => string | undefined;
}

/** Refuses whatever is defined. */
const nothing = types.addCheck(types.str, () => false, "nothing");

/**
 * Makes the member type of an `attrsOf` that also refuses names, at the lines that write them.
 *
 * @example
 * ```ts
 * types.attrsOf(nameChecked(types.str, { kind: "a variable", check: (name) => … }))
 * ```
 */
export function nameChecked<T, D>(member: OptionType<T, D>, { advise, check, kind }: CheckName): OptionType<T, D> {
  return {
    ...member,
    // What is plain is not always merged.
    plain: false,
    merge(definitions, site) {
      const name = site.path.at(-1) ?? "";
      const problem = check(name);
      if (problem === undefined) return member.merge(definitions, site);
      const renamed = retold(site, ({ code, marks }) => ({
        code,
        marks,
        message: `Cannot use ${JSON.stringify(name)} as the name of ${kind}`,
        why: [problem],
        fix: advise?.(name) ?? "Write another name",
      }));
      return nothing.merge(definitions, renamed);
    },
  };
}
