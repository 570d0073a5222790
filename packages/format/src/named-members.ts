import { type Attrs, type OptionType, types } from "firn";
import type { Defined } from "./format.ts";

/** How the names of members are checked. */
export interface NameCheck {
  /** What a member is: "setting". */
  readonly kind: string;
  /** Says what is wrong with a name, as a sentence without full stop; undefined when it is right. */
  readonly check: (name: string) => string | undefined;
}

/** Makes the type of members by name, in which a wrong name is a problem at the line that has it. */
export function namedMembers<T, D>(
  member: OptionType<T, D>,
  { check, kind }: NameCheck,
): OptionType<Attrs<T>, { readonly [name: string]: Defined<D> }> {
  const checked: OptionType<T, D> = {
    ...member,
    // What is plain is not always merged.
    plain: false,
    merge(definitions, site) {
      const problem = check(site.path.at(-1) ?? "");
      return (problem === undefined ? member : refusing(kind, problem)).merge(definitions, site);
    },
  };
  return types.attrsOf(checked, { placeholder: kind });
}

/** Refuses whatever is defined, for the name that it has. */
function refusing(kind: string, problem: string): OptionType {
  const why = { explain: () => problem, advise: () => "Write another name" };
  return types.addCheck({ ...types.str, ...why }, () => false, `${kind} of a name that the file can have`);
}
