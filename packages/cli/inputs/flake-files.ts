import type { Files } from "./machine.ts";

/** Files of a package with one module. */
export function moduleFiles(name: string, source: string, folder = name.replace(/^@.*\//, "")): Files {
  return packageFiles(`modules/${folder}`, name, source);
}

/** Files of a host. */
export function hostFiles(name: string, source: string): Files {
  return packageFiles(`hosts/${name}`, `@hosts/${name}`, source);
}

function packageFiles(folder: string, name: string, source: string): Files {
  return {
    [`${folder}/package.json`]: `${JSON.stringify({ name, type: "module", exports: { ".": "./src/index.ts" } })}\n`,
    [`${folder}/src/index.ts`]: source,
  };
}

/** Files that every flake has. */
export function flakeFiles(name: string, inputs: object = {}, more: object = {}): Files {
  return {
    "flake.yaml": `${JSON.stringify({ name, inputs, ...more }, undefined, 2)}\n`,
    "pnpm-workspace.yaml": "packages:\n  - modules/*\n  - hosts/*\n",
    "package.json": `${JSON.stringify({ name, private: true, type: "module" })}\n`,
    "tsconfig.json": `${JSON.stringify({ compilerOptions, include: ["modules/*/src", "hosts/*/src"] })}\n`,
    ".gitignore": "node_modules\n.firn\nflake.local.yaml\n",
  };
}

const compilerOptions = {
  target: "es2023",
  lib: ["es2023"],
  module: "nodenext",
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
};

/** Source of a module with one option that has a port, such as `web.port`. */
export function portModule(name: string, port: number, { option = "port" } = {}): string {
  return `import { defineModule, option, types } from "firn";

/** Something that listens. */
export const ${name} = defineModule({
  options: {
    ${name}: { ${option}: option({ type: types.port, default: ${port}, description: "Where it listens" }) },
  },
});
`;
}

/** Source of a host that imports modules, each by its package, and defines something. */
export function hostSource(modules: Readonly<Record<string, string>>, definitions: object): string {
  const imports = Object.entries(modules).map(([name, from]) => `import { ${name} } from "${from}";\n`);
  return `${imports.join("")}import { defineModule } from "firn";

export default defineModule({
  imports: [${Object.keys(modules).join(", ")}],
  config(_, define) {
    define(${JSON.stringify(definitions)});
  },
});
`;
}
