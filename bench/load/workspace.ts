import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** How large a generated flake is. */
export interface WorkspaceSize {
  /** Module packages, of three files each. */
  readonly packages: number;
  /** Hosts; a single one imports all modules, one of many a tenth of them. */
  readonly hosts: number;
}

/**
 * Writes a flake of module packages and hosts, linked as pnpm links a workspace:
 * `node_modules/@modules/<name>` in every package that imports another one.
 */
export function writeWorkspace(root: string, { packages, hosts }: WorkspaceSize): void {
  rmSync(root, { recursive: true, force: true });
  writeAll(root, {
    "flake.yaml": "name: bench\n",
    "pnpm-workspace.yaml": "packages:\n  - modules/*\n  - hosts/*\n",
    "lockfile.json": "{}\n",
    "package.json": '{ "private": true, "type": "module" }\n',
    // Firn hands out its own engine; bundlers take this one, which does as little.
    "node_modules/firn/package.json": '{ "name": "firn", "main": "index.js" }\n',
    "node_modules/firn/index.js": engineText,
  });
  for (let index = 0; index < packages; index++) writeModule(root, index);
  for (let index = 0; index < hosts; index++) writeHost(root, index, { packages, hosts });
}

const engineText = `const same = (value) => value;
Object.assign(exports, { defineModule: same, option: same, mkEnableOption: same, types: {} });
`;

/** The modules that a module imports: up to three of those before it. */
function importsOf(index: number): number[] {
  const candidates = [index - 1, Math.floor(index / 2) - 1, index - 7];
  return [...new Set(candidates)].filter((candidate) => candidate >= 0 && candidate < index);
}

function writeModule(root: string, index: number): void {
  const imports = importsOf(index);
  const folder = `modules/m${index}`;
  writePackage(root, { folder, name: `@modules/m${index}`, imports });
  writeAll(root, {
    [`${folder}/src/index.ts`]: moduleText(index, imports),
    [`${folder}/src/settings.ts`]: settingsText(index),
    [`${folder}/src/render.ts`]: renderText(index),
  });
}

function writeHost(root: string, index: number, { packages, hosts }: WorkspaceSize): void {
  const step = hosts === 1 ? 1 : Math.max(1, Math.floor(packages / 10));
  const imports: number[] = [];
  for (let module = hosts === 1 ? 0 : index % step; module < packages; module += step) imports.push(module);
  writePackage(root, { folder: `hosts/h${index}`, name: `@hosts/h${index}`, imports });
  writeAll(root, { [`hosts/h${index}/src/index.ts`]: hostText(index, imports) });
}

interface PackageParts {
  readonly folder: string;
  readonly name: string;
  readonly imports: readonly number[];
}

function writePackage(root: string, { folder, name, imports }: PackageParts): void {
  const dependencies = Object.fromEntries(imports.map((module) => [`@modules/m${module}`, "workspace:*"]));
  const manifest = { name, version: "1.0.0", type: "module", exports: { ".": "./src/index.ts" }, dependencies };
  writeAll(root, { [`${folder}/package.json`]: `${JSON.stringify(manifest, undefined, 2)}\n` });
  const scope = join(root, folder, "node_modules/@modules");
  mkdirSync(scope, { recursive: true });
  for (const module of imports) symlinkSync(join("../../../../modules", `m${module}`), join(scope, `m${module}`));
}

function writeAll(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function importLines(imports: readonly number[]): string {
  return imports.map((module) => `import m${module} from "@modules/m${module}";\n`).join("");
}

function importList(imports: readonly number[]): string {
  return imports.map((module) => `m${module}`).join(", ");
}

function moduleText(index: number, imports: readonly number[]): string {
  return `import { defineModule, mkEnableOption, option, types } from "firn";
${importLines(imports)}import { render } from "./render.ts";
import { settings } from "./settings.ts";

/** Runs service ${index}. */
export default defineModule({
  name: "m${index}",
  imports: [${importList(imports)}],
  options: {
    services: {
      m${index}: {
        enable: mkEnableOption("service ${index}"),
        port: option({ type: types.port, default: settings.port, description: "TCP port it listens on" }),
        root: option({ type: types.str, default: settings.root, description: "Folder that it serves" }),
        lines: option({ type: types.lines, default: "", description: "Lines added to its configuration" }),
      },
    },
  },
  config({ config }, define) {
    const own = config.services.m${index};
    if (!own.enable) return;
    define({ files: { "/etc/m${index}.conf": { text: render({ port: own.port, root: own.root }) } } });
  },
});
`;
}

function settingsText(index: number): string {
  return `/** What service ${index} starts from. */
export interface Settings {
  readonly port: number;
  readonly root: string;
  readonly limits: Readonly<Record<string, number>>;
}

const base: number = ${1000 + index};

export const settings: Settings = {
  port: base + 1,
  root: "/srv/m${index}",
  limits: {
    connections: base * 2,
    files: base * 4,
    seconds: 30,
  },
};

/** Tells whether a port belongs to service ${index}. */
export function owns(port: number): boolean {
  return port >= base && port < base + 10;
}
`;
}

function renderText(index: number): string {
  return `import { owns, settings } from "./settings.ts";

interface Rendered {
  readonly port: number;
  readonly root: string;
}

/** Renders the configuration file of service ${index}. */
export function render(values: Rendered): string {
  const lines: string[] = [\`root = \${values.root}\`, \`port = \${values.port}\`];
  for (const [name, limit] of Object.entries(settings.limits)) {
    lines.push(\`limit.\${name} = \${limit}\`);
  }
  if (!owns(values.port)) {
    lines.push("# a port of another range");
  }
  return lines.join("\\n");
}

export type { Rendered };
export const version = "1.${index}.0" as const;
`;
}

function hostText(index: number, imports: readonly number[]): string {
  return `import { defineModule } from "firn";
${importLines(imports)}
export default defineModule({
  name: "h${index}",
  imports: [${importList(imports)}],
  config(_given, define) {
${imports.map((module) => `    define({ services: { m${module}: { enable: true } } });`).join("\n")}
  },
});
`;
}
