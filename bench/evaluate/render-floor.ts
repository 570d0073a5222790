import type { Block, Configuration, Definition, Entries, ModulePlan, Priority, Value } from "./configuration.ts";

/** Renders the configuration as input of the merge by hand, by path: a function for each module, and their list. */
export function renderFloor({ modules }: Configuration): Map<string, string> {
  const files = new Map(modules.map((module) => [`floor/${module.name}.js`, renderModule(module)]));
  const imports = modules.map(({ name }) => `import ${name} from "./${name}.js";\n`).join("");
  return files.set("floor/index.js", `${imports}\nexport default [${modules.map(({ name }) => name).join(", ")}];\n`);
}

function renderModule({ name, options, blocks }: ModulePlan): string {
  return `export default function ${name}(services, { declare, define, read }) {
  services.${name} = {
${options.map((option) => `    ${option.name}: declare("${option.kind}", ${renderFallback(option.fallback)}),`).join("\n")}
  };
${blocks.map(renderBlock).join("\n")}
}
`;
}

function renderBlock({ condition, definitions }: Block, index: number): string {
  if (condition === undefined) return definitions.map((definition) => renderDefinition(definition)).join("\n");
  const when = `when${index}`;
  return `  const ${when} = () => read(services.${condition.module}.${condition.option});
${definitions.map((definition) => renderDefinition(definition, when)).join("\n")}`;
}

function renderDefinition({ target, priority, value }: Definition, when?: string): string {
  const slot = `services.${target.module}.${target.option}`;
  const content = `priority: ${numberOf(priority)}, value: ${renderContent(value)}`;
  return `  define(${slot}, { ${content}${when === undefined ? "" : `, when: ${when}`} });`;
}

function numberOf(priority: Priority): number {
  return typeof priority === "number" ? priority : { force: 50, plain: 100, default: 1000 }[priority];
}

function renderFallback(fallback: Value | Entries | undefined): string {
  return fallback === undefined ? "undefined" : renderContent(fallback);
}

function renderContent(value: Value | Entries): string {
  const rendered = typeof value === "object" && "submodules" in value ? renderEntries(value) : renderValue(value);
  return rendered.includes("read(") ? `() => ${rendered}` : rendered;
}

function renderValue(value: Value): string {
  if (typeof value !== "object") return JSON.stringify(value);
  if (!("reads" in value)) return `[${value.map(renderValue).join(", ")}]`;
  return `\`\${read(services.${value.reads.module}.${value.reads.option})}${value.suffix}\``;
}

function renderEntries({ submodules }: Entries): string {
  const rendered = Object.entries(submodules).map(([name, given]) => {
    const fields = Object.entries(given).map(
      ([field, { priority, value }]) => `${field}: [${numberOf(priority)}, ${renderValue(value)}]`,
    );
    return `${name}: { ${fields.join(", ")} }`;
  });
  return rendered.length === 0 ? "{}" : `{ ${rendered.join(", ")} }`;
}
