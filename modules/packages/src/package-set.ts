import { type CheckName, explainedStr, nameChecked } from "@modules/explained-types";
import { option, type OptionType, type PackageName, types, type Wrapped } from "firn";

/** Names as Debian allows them: https://www.debian.org/doc/debian-policy/ch-controlfields.html#source */
export const packageNames: CheckName = {
  kind: "a package",
  check: (name) =>
    /^[a-z0-9][a-z0-9+.-]+$/.test(name)
      ? undefined
      : 'A package is named with small letters, digits, "+", "-" and ".", such as "g++"',
  advise: (name) => (name === name.toLowerCase() ? undefined : `Write ${JSON.stringify(name.toLowerCase())}`),
};

const version = explainedStr({
  description: "version of a package",
  check: (value) =>
    /^(?:\d+:)?\d[A-Za-z0-9.+~-]*$/.test(value)
      ? undefined
      : 'A version is written as apt shows it: "1:2.39.5-0+deb12u2"',
});

const source = types.nullOr(types.nonEmptyStr);

/** Where a package is taken from. */
const choice = {
  source: option({
    type: source,
    default: null,
    example: "backports",
    description: "Name of the input that it is taken from; null: the newest of those that are used without being named",
  }),
  version: option({
    type: types.nullOr(version),
    default: null,
    description: "Exact version; null: the newest that the source has at its locked state",
  }),
};

/** A package that is wanted. */
export const wantedPackage = types.submodule({
  options: {
    enable: option({ type: types.bool, default: true, description: "Whether it is wanted after all" }),
    ...choice,
  },
});

/** A package that may be there because others need it, and where it then comes from. */
export const chosenPackage = types.submodule({ options: choice });

// A misspelt name is for the compiler to find; what the lock has is looked at in the end.
const knownName = types.nonEmptyStr as OptionType<string, PackageName>;
const nameList = types.listOf(knownName);
const namedSet = types.attrsOf(nameChecked(wantedPackage, packageNames));

/**
 * What is said of a package that is wanted. Written out, since a type that the
 * compiler would have to derive for each of 60,000 names takes it a second.
 */
export interface WantedPackage {
  readonly enable?: boolean | Wrapped<boolean>;
  readonly source?: string | null | Wrapped<string | null>;
  readonly version?: string | null | Wrapped<string | null>;
}

/** Packages that are wanted, by name; a list of names is short for those without anything else to say. */
export const packageSet = types.coercedTo(
  nameList,
  (names) => Object.fromEntries(Object.values(names).map((name) => [name, {}])),
  namedSet,
) as OptionType<
  (typeof namedSet)["~value"],
  (typeof nameList)["~definition"] | { readonly [name in PackageName]?: WantedPackage | Wrapped<WantedPackage> }
>; // The same for the names that there are.

/** Options for packages that are not installed, but joined to a tree of their own: whoever runs in it sees it as /usr. */
export function treeOptions(description: string) {
  return {
    packages: option({ type: packageSet, default: {}, example: ["ripgrep", "jq"], description }),
    packageSources: option({
      type: types.nullOr(types.listOf(types.nonEmptyStr)),
      default: null,
      example: ["trixie"],
      description:
        "Names of the inputs that these packages come from without being named, which can be another release than the machine's; null: those of the host",
    }),
  };
}
