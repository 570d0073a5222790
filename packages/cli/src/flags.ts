import { parseArgs, type ParseArgsConfig } from "node:util";

/** The values of all flags that any command takes; those that were not given have their defaults. */
export interface Flags {
  readonly json: boolean;
  readonly fresh: boolean;
  readonly depth: number;
  readonly dryRun: boolean;
  readonly commit: boolean;
  readonly frozen: boolean | undefined;
  readonly acceptMovedTag: readonly string[];
  readonly override: readonly string[];
  readonly semver: string | undefined;
  readonly ref: string | undefined;
  readonly rev: string | undefined;
  readonly dir: string | undefined;
  readonly tagPrefix: string | undefined;
  readonly follows: string | undefined;
  readonly submodules: boolean;
  readonly noFlake: boolean;
  readonly dev: boolean;
  readonly root: string | undefined;
  readonly user: boolean;
  readonly all: boolean;
  readonly script: boolean;
  readonly out: string | undefined;
  readonly plan: string | undefined;
  readonly generation: string | undefined;
  readonly takeOver: boolean;
  readonly toNone: boolean;
  readonly keep: string | undefined;
  readonly olderThan: string | undefined;
  readonly repair: boolean;
  readonly adopt: readonly string[];
  readonly revert: readonly string[];
  readonly from: string | undefined;
  readonly yes: boolean;
  readonly apt: string | undefined;
  readonly suite: readonly string[];
  readonly component: readonly string[];
  readonly key: readonly string[];
  readonly keyring: string | undefined;
  readonly source: readonly string[];
  readonly pure: boolean;
  readonly direnv: boolean;
}

/** Name of a flag. */
export type FlagName = keyof Flags;

const boolean = { type: "boolean", default: false } as const;
const text = { type: "string" } as const;
const list = { type: "string", multiple: true, default: [] as string[] } as const;

const options = {
  json: boolean,
  fresh: boolean,
  depth: { type: "string", default: "3" },
  dryRun: boolean,
  commit: boolean,
  frozen: { type: "boolean" },
  acceptMovedTag: list,
  override: list,
  semver: text,
  ref: text,
  rev: text,
  dir: text,
  tagPrefix: text,
  follows: text,
  submodules: boolean,
  noFlake: boolean,
  dev: boolean,
  root: text,
  user: boolean,
  all: boolean,
  script: boolean,
  out: text,
  plan: text,
  generation: text,
  takeOver: boolean,
  toNone: boolean,
  keep: text,
  olderThan: text,
  repair: boolean,
  adopt: list,
  revert: list,
  from: text,
  yes: boolean,
  apt: text,
  suite: list,
  component: list,
  key: list,
  keyring: text,
  source: list,
  pure: boolean,
  direnv: boolean,
} as const satisfies Record<FlagName, NonNullable<ParseArgsConfig["options"]>[string]>;

/** Node.js 20 does not know negated flags. */
const noFrozen = "--no-frozen";

/** Arguments of a command, or what is wrong with them. */
export type ParsedArguments =
  | { readonly positionals: readonly string[]; readonly flags: Flags }
  | { readonly positionals?: never; readonly problem: string };

/** Parses the arguments of a command that takes some of the flags. `--no-frozen` takes back `--frozen`. */
export function parseArguments(args: readonly string[], taken: readonly FlagName[]): ParsedArguments {
  try {
    const known = Object.fromEntries(taken.map((name) => [dashed(name), options[name]]));
    const { positionals, values } = parseArgs({
      args: args.filter((arg) => arg !== noFrozen || !taken.includes("frozen")),
      options: known,
      allowPositionals: true,
    });
    const given = Object.fromEntries(
      Object.entries(options).map(([name, option]) => [
        name,
        values[dashed(name)] ?? ("default" in option ? option.default : undefined),
      ]),
    );
    const depth = Number(given["depth"]);
    if (!Number.isInteger(depth) || depth < 0) {
      return { problem: `Cannot use "${String(given["depth"])}" as --depth: it is not a whole number` };
    }
    const frozen = args.includes(noFrozen) ? false : given["frozen"];
    return { positionals, flags: { ...given, depth, frozen } as unknown as Flags }; // The table above has each of them.
  } catch (thrown) {
    return { problem: `Cannot read the arguments: ${reasonOf(thrown)}` };
  }
}

function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Node.js explains at length how to write what nobody meant: its first part says what is wrong. */
function reasonOf(thrown: unknown): string {
  const [first = ""] = (thrown instanceof Error ? thrown.message : String(thrown)).split(". ");
  return first.replace(/^Unknown option '(.*?)'$/, 'there is no option "$1"').replaceAll("'", '"');
}
