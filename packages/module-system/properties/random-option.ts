import { option, type OptionType } from "@firn/option";
import { defineModule, type Module } from "@firn/module-system";
import { Dice } from "./dice.ts";
import { oddNames, oddValue, Purpose } from "./odd-values.ts";
import { type Grown, growDefinition, growType } from "./random-type.ts";
import { wrapped } from "./random-wrapper.ts";

/** One random option tree with its definitions: what is counted. */
export interface RandomOption {
  readonly path: readonly string[];
  readonly grown: Grown;
  /** Whether the merged value is not that of the type: it is mapped, or its type was combined with another. */
  readonly isOther: boolean;
  readonly modules: readonly Module[];
}

/** Makes the option tree of a seed; `index` gives it a name of its own among others. */
export function growOption(seed: number, index: number): RandomOption {
  const dice = new Dice(seed);
  const grown = growType(dice);
  const path = dice.chance(70) ? [`o${index}`] : [`o${index}`, dice.pick(oddNames)];
  const hasApply = dice.chance(10);
  const again = dice.chance(10) ? growType(dice) : undefined;
  const declared = option({
    type: grown.type,
    ...(dice.chance(30) && { default: growDefinition(grown, dice) }),
    ...(hasApply && { apply: dice.pick(applied) }),
    ...(dice.chance(5) && { readOnly: true }),
  });
  const modules = [
    defineModule({ name: `declares-${index}`, options: nest(path, declared) }),
    ...(again === undefined ? [] : [declareAgain(path, again.type)]),
    ...Array.from({ length: 1 + dice.below(3) }, () => defining({ path, grown }, dice, index)),
  ];
  return { path, grown, isOther: hasApply || again !== undefined, modules };
}

function declareAgain(path: readonly string[], type: OptionType): Module {
  return defineModule({ name: "declares again", options: nest(path, option({ type })) });
}

const applied: readonly ((value: unknown) => unknown)[] = [
  (value) => value,
  (value) => JSON.stringify(value),
  (value) => ({ value }),
  () => undefined,
  () => {
    throw new Purpose();
  },
  (value) => Object.keys(value as object),
];

function nest(path: readonly string[], value: unknown): Record<string, never> {
  return path.reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as Record<string, never>; // Names are random.
}

type Config = Record<string, unknown>;

/** Makes a module that defines an option, after some reads; what it gives is the same in every round. */
function defining({ path, grown }: Pick<RandomOption, "path" | "grown">, dice: Dice, index: number): Module {
  const given = dice.some(2, () => giveOption(path, grown, dice));
  const read = dice.chance(12) ? dice.pick(reads(index, dice.below(16))) : undefined;
  const late = dice.chance(50);
  return defineModule({
    name: `defines-${index}`,
    config({ config, options, warn, assert }, define) {
      const reading = { config: config as Config, options: options as Config };
      if (!late) read?.(reading);
      for (const each of given) define(each as never); // Anything may be given.
      if (late) read?.(reading);
      if (index % 16 === 3) warn("a warning");
      assert(index % 16 !== 4, "an assertion");
    },
  });
}

function giveOption(path: readonly string[], grown: Grown, dice: Dice): unknown {
  if (dice.chance(3)) return oddValue(dice);
  const [first = "", ...below] = path;
  if (dice.chance(3)) return { [first]: { [dice.pick(oddNames)]: oddValue(dice) } };
  const inner = wrapped(nest(below, growDefinition(grown, dice)), dice, () => ({}));
  return wrapped({ [first]: below.length === 0 ? growDefinition(grown, dice) : inner }, dice, () => ({}));
}

interface Reading {
  readonly config: Config;
  readonly options: Config;
}

/** What a function may do with the configuration before or after it defines something. */
function reads(index: number, other: number): readonly ((reading: Reading) => unknown)[] {
  return [
    ({ config }) => config[`o${index}`],
    ({ config }) => config[`o${other}`],
    ({ config }) => (config[`o${other}`] as Config)["a"],
    ({ config }) => config["misspelt"],
    ({ config }) => Object.keys(config),
    ({ config }) => JSON.stringify(config[`o${other}`]),
    ({ config }) => Object.freeze(config),
    ({ config }) => Object.setPrototypeOf(config, null),
    ({ config }) => delete config[`o${other}`],
    ({ config }) => (config[`o${other}`] = 1),
    ({ config }) => `o${other}` in config && { ...config },
    ({ config }) => String(config),
    ({ options }) => (options[`o${index}`] as Config)["isDefined"],
    ({ options }) => (options[`o${other}`] as Config)["definitions"],
  ];
}
