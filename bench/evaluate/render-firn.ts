import {
  type Block,
  type Configuration,
  type Definition,
  type Entries,
  fields,
  type Kind,
  type ModulePlan,
  neighbors,
  type OptionPlan,
  type OptionRef,
  type Priority,
  type Value,
} from "./configuration.ts";

/** Renders the configuration as a flake by path: one package holds the modules, and the host `bench` imports them. */
export function renderFirn({ modules }: Configuration): Map<string, string> {
  const names = modules.map((module) => module.name);
  const files = new Map(
    modules.map((module, index) => [`modules/bench/src/${module.name}.ts`, renderModule(module, styles[index % 2])]),
  );
  files.set("flake.yaml", "name: bench\ndescription: A configuration to measure\ninputs: {}\n");
  files.set("pnpm-workspace.yaml", "packages:\n  - modules/*\n  - hosts/*\n");
  files.set("lockfile.json", `{ "lockfileVersion": 1, "inputs": {} }\n`);
  files.set("package.json", renderManifest({ name: "@firn/bench-flake", private: true, type: "module" }));
  files.set("modules/bench/package.json", renderPackage("@modules/bench", { firn: "*" }));
  files.set(
    "modules/bench/src/index.ts",
    names.map((name) => `export { default as ${name} } from "./${name}.ts";\n`).join(""),
  );
  files.set("hosts/bench/package.json", renderPackage("@hosts/bench", { firn: "*", "@modules/bench": "workspace:*" }));
  return files.set("hosts/bench/src/index.ts", renderHost(names));
}

function renderPackage(name: string, dependencies: Record<string, string>): string {
  return renderManifest({ name, private: true, type: "module", exports: { ".": "./src/index.ts" }, dependencies });
}

function renderManifest(manifest: object): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function renderHost(names: readonly string[]): string {
  return `import { ${names.join(", ")} } from "@modules/bench";
import { defineModule } from "firn";

export default defineModule({
  imports: [${names.join(", ")}],
});
`;
}

/** Turns the blocks of a module into the body of its config function. */
type Style = (blocks: readonly Block[]) => string;

const withStatements: Style = (blocks) => {
  const lines = blocks.map(({ condition, definitions }) => {
    const statement = `define(${renderDefinitions(definitions)});`;
    return condition === undefined ? `    ${statement}` : `    if (${renderRef(condition)}) ${statement}`;
  });
  return lines.join("\n");
};

// The first block stands alone: the others read what it defines, and a call that waits for its own value has none.
const withWrappers: Style = ([first, ...others]) => {
  const contents = others.map(({ condition, definitions }) => {
    const content = renderDefinitions(definitions);
    return condition === undefined ? content : `mkIf(${renderRef(condition)}, ${content})`;
  });
  const start = renderDefinitions(first?.definitions ?? []);
  return `    define(${start});\n    define(mkMerge([${contents.join(", ")}]));`;
};

/** People write both; modules take turns. */
const styles = [withStatements, withWrappers] as const;

function renderModule(module: ModulePlan, style: Style = withStatements): string {
  const { name, options, blocks } = module;
  const others = neighbors(module);
  const body = style(blocks);
  const used = wrappers.filter((wrapper) => body.includes(`${wrapper}(`));
  return `import { ${["defineModule", ...used, "option", "types"].join(", ")} } from "firn";
${others.map((other) => `import ${other} from "./${other}.ts";\n`).join("")}
const site = types.submodule({
  options: {
${fields.map((field) => `    ${field.name}: ${renderOption(field)},`).join("\n")}
  },
});

export default defineModule({
  name: "${name}",
  imports: [${others.join(", ")}],
  options: {
    services: {
      ${name}: {
${options.map((option) => `        ${option.name}: ${renderOption(option)},`).join("\n")}
      },
    },
  },
  config({ config: { services } }, define) {
${body}
  },
});
`;
}

const wrappers = ["mkDefault", "mkForce", "mkIf", "mkMerge", "mkOverride"];

const types: Record<Exclude<Kind, "entries">, string> = {
  flag: "types.bool",
  text: "types.str",
  number: "types.int",
  list: "types.listOf(types.str)",
  lines: "types.lines",
};

function renderType(kind: Kind): string {
  return kind === "entries" ? "types.attrsOf(site)" : types[kind];
}

function renderOption({ name, kind, fallback }: OptionPlan): string {
  const preset = fallback === undefined ? "" : ` default: ${renderValue(fallback)},`;
  return `option({ type: ${renderType(kind)},${preset} description: "The ${name} of it" })`;
}

function renderDefinitions(definitions: readonly Definition[]): string {
  const byModule = new Map<string, string[]>();
  for (const { target, priority, value } of definitions) {
    const lines = byModule.get(target.module) ?? [];
    byModule.set(target.module, lines);
    lines.push(`          ${target.option}: ${renderPriority(priority, renderValue(value))},`);
  }
  const modules = [...byModule].map(([name, lines]) => `        ${name}: {\n${lines.join("\n")}\n        },`);
  return `{\n      services: {\n${modules.join("\n")}\n      },\n    }`;
}

function renderRef({ module, option }: OptionRef): string {
  return `services.${module}.${option}`;
}

function renderPriority(priority: Priority, value: string): string {
  if (priority === "plain") return value;
  if (priority === "default") return `mkDefault(${value})`;
  return priority === "force" ? `mkForce(${value})` : `mkOverride(${priority}, ${value})`;
}

function renderValue(value: Value | Entries): string {
  if (typeof value !== "object") return JSON.stringify(value);
  if ("submodules" in value) return renderEntries(value);
  if ("reads" in value) return `\`\${${renderRef(value.reads)}}${value.suffix}\``;
  return `[${value.map(renderValue).join(", ")}]`;
}

function renderEntries({ submodules }: Entries): string {
  const rendered = Object.entries(submodules).map(([name, given]) => {
    const lines = Object.entries(given).map(
      ([field, { priority, value }]) => `${field}: ${renderPriority(priority, renderValue(value))}`,
    );
    return `${name}: { ${lines.join(", ")} }`;
  });
  return rendered.length === 0 ? "{}" : `{ ${rendered.join(", ")} }`;
}
