import {
  type Block,
  type Configuration,
  type Definition,
  type Entries,
  type Kind,
  type ModulePlan,
  type OptionPlan,
  type OptionRef,
  type Priority,
  type Value,
} from "./configuration.ts";

/** How many options each module declares. */
export const optionsPerModule = 20;

/** How many modules after the declaring one may define an option of it. */
const reach = 12;
/** Chains of texts begin anew with every sixth module: depth 5. */
const chainLength = 6;
const turns = ["text", "number", "list", "entries", "lines", "flag"] as const satisfies readonly Kind[];
/** Read by the next module of the chain: defined in their own module only, so that no chain is cut. */
const chained = new Set(["text1", "text7"]);
/** Left to their own module too, for about 1.8 definitions an option. */
const definedOnce = new Set([...chained, "number14", "text19"]);
/** Have no declared default, so that they have no value until a definition is there. */
const withoutDefault = new Set(["text1", "text19"]);

const fallbacks: Record<Kind, Value | Entries> = {
  flag: false,
  text: "unset",
  number: 0,
  list: [],
  lines: "",
  entries: { submodules: {} },
};

/** Priorities of an option's own and of its foreign definition; never equal, as most types refuse two values. */
const scalarPriorities: readonly (readonly [Priority, Priority])[] = [
  ["default", "plain"],
  ["plain", "force"],
  ["plain", "default"],
  [1200, "plain"],
  ["default", "force"],
];
const listPriorities: readonly (readonly [Priority, Priority])[] = [
  ["plain", "plain"],
  ["plain", "plain"],
  ["default", "plain"],
  ["plain", "plain"],
  ["plain", "force"],
];

/** Generates the configuration of the given number of modules; the same one each time. */
export function generateConfiguration(moduleCount: number): Configuration {
  const foreign: Definition[][] = Array.from({ length: moduleCount }, () => []);
  for (let index = 0; index < moduleCount; index++) scatter(index, moduleCount, foreign);
  return { modules: foreign.map((definitions, index) => planModule(index, definitions)) };
}

function planModule(index: number, foreign: readonly Definition[]): ModulePlan {
  const own = optionNames.map((option) => ({ option, definition: ownDefinition(index, option) }));
  const inBlock = (wanted: string): Definition[] => [
    ...own.filter(({ option }) => ownBlock(option) === wanted).map(({ definition }) => definition),
    ...foreign.filter(({ target }) => foreignBlock(target.option) === wanted),
  ];
  const blocks: Block[] = [
    { condition: undefined, definitions: inBlock("always") },
    { condition: at(index, "enable"), definitions: inBlock("enabled") },
    { condition: at(Math.max(0, index - 1), "flag6"), definitions: inBlock("flagged") },
  ];
  return { name: moduleName(index), options: optionNames.map(planOption), blocks };
}

const optionNames = [
  "enable",
  ...Array.from({ length: optionsPerModule - 1 }, (_, index) => `${kindAt(index + 1)}${index + 1}`),
];

function kindAt(position: number): Kind {
  return turns[(position - 1) % turns.length] ?? "flag";
}

function kindOf(option: string): Kind {
  return option === "enable" ? "flag" : kindAt(optionNames.indexOf(option));
}

function planOption(name: string): OptionPlan {
  const kind = kindOf(name);
  return { name, kind, fallback: withoutDefault.has(name) ? undefined : fallbacks[kind] };
}

// Conditions read flags; so flags and what has no default are defined without one, and nothing depends on itself.
function ownBlock(option: string): string {
  if (kindOf(option) === "flag" || withoutDefault.has(option)) return "always";
  return ["always", "enabled", "enabled", "flagged"][optionNames.indexOf(option) % 4] ?? "always";
}

function foreignBlock(option: string): string {
  if (option === "enable") return "always";
  return kindOf(option) === "flag" || optionNames.indexOf(option) % 3 > 0 ? "enabled" : "flagged";
}

function ownDefinition(index: number, option: string): Definition {
  const target = at(index, option);
  const value = kindOf(option) === "entries" ? ownEntries(index, option) : ownValue(index, option);
  return { target, priority: prioritiesOf(index, option)[0], value };
}

function ownValue(index: number, option: string): Value {
  const name = moduleName(index);
  const startsChain = index % chainLength === 0;
  if (chained.has(option) && !startsChain) return { reads: at(index - 1, option), suffix: `-${index}` };
  const values: Record<string, Value> = {
    flag: pick(index, option, 3) < 2,
    text: `${name}-${option}`,
    number: pick(index, option, 9000),
    list: [`${name}-a`, { reads: at(index, "text19"), suffix: "-b" }],
    lines: { reads: at(index, "text19"), suffix: " listens" },
  };
  return values[kindOf(option)] ?? false;
}

function ownEntries(index: number, option: string): Entries {
  return entries({
    alpha: { port: plain(1000 + pick(index, option, 50)), root: plain("/srv/alpha") },
    beta: { enable: plain(false), tags: plain(["own", option]) },
    gamma: { host: { priority: "default", value: `${moduleName(index)}.example` } },
  });
}

/** Gives most options of one module a second definition, in a module that comes later. */
function scatter(index: number, moduleCount: number, foreign: Definition[][]): void {
  for (const option of optionNames) {
    const definer = index + 1 + pick(index, option, reach);
    if (definedOnce.has(option) || definer >= moduleCount) continue;
    foreign[definer]?.push(foreignDefinition(index, option, moduleName(definer)));
  }
}

function foreignDefinition(index: number, option: string, definer: string): Definition {
  const kind = kindOf(option);
  const priority = prioritiesOf(index, option)[1];
  // Not equal to that of the other definition: Nix turns the order of equal ones round in submodules too.
  const inner = pick(index, option, 2) === 0 ? "force" : "default";
  const values: Record<Kind, Value | Entries> = {
    flag: pick(index, option, 5) > 0,
    text: `${option}-by-${definer}`,
    number: 10_000 + pick(index, option, 9000),
    list: [definer, option],
    lines: `line of ${definer}`,
    entries: entries({
      alpha: { port: { priority: inner, value: 2000 }, host: plain(`${definer}.example`) },
      beta: { tags: { priority: inner, value: [definer] } },
    }),
  };
  return { target: at(index, option), priority, value: values[kind] };
}

function prioritiesOf(index: number, option: string): readonly [Priority, Priority] {
  if (option === "enable") return ["default", "plain"];
  const kind = kindOf(option);
  // A priority around whole submodules means different things to Nix and Firn; theirs stand at the fields.
  if (kind === "entries") return ["plain", "plain"];
  const table = kind === "list" || kind === "lines" ? listPriorities : scalarPriorities;
  return table[pick(index, option, table.length)] ?? ["default", "plain"];
}

function entries(submodules: Entries["submodules"]): Entries {
  return { submodules };
}

function plain(value: Value): { priority: Priority; value: Value } {
  return { priority: "plain", value };
}

function at(index: number, option: string): OptionRef {
  return { module: moduleName(index), option };
}

function moduleName(index: number): string {
  return `s${String(index).padStart(4, "0")}`;
}

/** Picks a number below the limit, scattered but the same each time. */
function pick(index: number, option: string, limit: number): number {
  const mixed = Math.imul(index * optionsPerModule + optionNames.indexOf(option) + 1, 2_654_435_761) >>> 0;
  return (mixed >>> 8) % limit;
}
