import {
  type Block,
  type Configuration,
  type Definition,
  type Entries,
  fields,
  type Kind,
  type ModulePlan,
  type OptionPlan,
  type OptionRef,
  type Priority,
  type Value,
} from "./configuration.ts";

/** Renders the configuration as module files over nixpkgs' lib, by path; `default.nix` evaluates to all options. */
export function renderNix({ modules }: Configuration): Map<string, string> {
  const files = new Map(modules.map((module) => [`modules/${module.name}.nix`, renderModule(module)]));
  // Nix puts the definitions of later modules first, Firn those of earlier ones: turned round they agree.
  const paths = modules.map(({ name }) => `    ./modules/${name}.nix`).toReversed();
  return files.set("default.nix", `${header}  modules = [\n${paths.join("\n")}\n  ];\n}).config\n`);
}

/** Names the environment variable that holds the folder of a checkout with nixpkgs' lib. */
export const libVariable = "FIRN_NIXPKGS_LIB";

const header = `let
  lib = import (builtins.getEnv "${libVariable}" + "/lib");
in
(lib.evalModules {
`;

function renderModule({ name, options, blocks }: ModulePlan): string {
  return `{ config, lib, ... }:

let
  inherit (config) services;
  site = lib.types.submodule {
    options = {
${fields.map((field) => `      ${field.name} = ${renderOption(field)};`).join("\n")}
    };
  };
in
{
  options.services.${name} = {
${options.map((option) => `    ${option.name} = ${renderOption(option)};`).join("\n")}
  };

  config = lib.mkMerge [
${blocks.map(renderBlock).join("\n")}
  ];
}
`;
}

const types: Record<Exclude<Kind, "entries">, string> = {
  flag: "lib.types.bool",
  text: "lib.types.str",
  number: "lib.types.int",
  list: "lib.types.listOf lib.types.str",
  lines: "lib.types.lines",
};

function renderType(kind: Kind): string {
  return kind === "entries" ? "lib.types.attrsOf site" : types[kind];
}

function renderOption({ name, kind, fallback }: OptionPlan): string {
  const preset = fallback === undefined ? "" : ` default = ${renderValue(fallback)};`;
  return `lib.mkOption { type = ${renderType(kind)};${preset} description = "The ${name} of it"; }`;
}

function renderBlock({ condition, definitions }: Block): string {
  const body = `{\n${definitions.map(renderDefinition).join("\n")}\n    }`;
  return condition === undefined ? `    ${body}` : `    (lib.mkIf ${renderRef(condition)} ${body})`;
}

function renderDefinition({ target, priority, value }: Definition): string {
  return `      ${renderRef(target)} = ${renderPriority(priority, renderValue(value))};`;
}

function renderRef({ module, option }: OptionRef): string {
  return `services.${module}.${option}`;
}

function renderPriority(priority: Priority, value: string): string {
  if (priority === "plain") return value;
  if (priority === "default") return `lib.mkDefault ${value}`;
  return priority === "force" ? `lib.mkForce ${value}` : `lib.mkOverride ${priority} ${value}`;
}

function renderValue(value: Value | Entries): string {
  if (typeof value !== "object") return JSON.stringify(value);
  if ("submodules" in value) return renderEntries(value);
  if ("reads" in value) return `"\${${renderRef(value.reads)}}${value.suffix}"`;
  return `[ ${value.map(renderValue).join(" ")} ]`;
}

function renderEntries({ submodules }: Entries): string {
  const lines = Object.entries(submodules).flatMap(([name, given]) =>
    Object.entries(given).map(
      ([field, { priority, value }]) => `${name}.${field} = ${renderPriority(priority, renderValue(value))};`,
    ),
  );
  return `{ ${lines.join(" ")} }`;
}
