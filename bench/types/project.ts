import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Options of each module. */
export const optionsPerModule = 10;

/** Where the cursor stands in the host: between these two texts. */
export interface HostText {
  readonly before: string;
  readonly after: string;
}

/** Writes a project of a host that imports so many modules of ten options each, and reads and defines options of all. */
export function writeProject(folder: string, modules: number): void {
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(join(process.cwd(), "packages/firn"), join(folder, "node_modules/firn"));
  const base = join(process.cwd(), "tsconfig.base.json");
  const compilerOptions = { typeRoots: [join(process.cwd(), "node_modules/@types")] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ extends: base, compilerOptions, include: ["*.ts"] }));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  for (let index = 0; index < modules; index++) writeFileSync(join(folder, `m${index}.ts`), moduleText(index));
  const { before, after } = hostText(modules);
  writeFileSync(join(folder, "host.ts"), before + after);
}

/** Gives the text of the host, in two parts around the place where somebody types. */
export function hostText(modules: number): HostText {
  const indices = Array.from({ length: modules }, (_, index) => index);
  const before = `import { defineModule, mkForce, mkIf } from "firn";
${indices.map((index) => `import m${index} from "./m${index}.ts";`).join("\n")}

export default defineModule({
  name: "host",
  imports: [${indices.map((index) => `m${index}`).join(", ")}],
  config({ config }, define) {
    const { services } = config;
${indices.map(definitionText).join("\n")}
    `;
  return { before, after: "\n  },\n});\n" };
}

function definitionText(index: number): string {
  return `    define({
      services: {
        m${index}: mkIf(services.m${index}.enable, {
          mode: "fast",
          port: mkForce(services.m${index}.port + 1),
          sites: { main: { root: "/srv/m${index}", port: 80 } },
        }),
      },
    });`;
}

function moduleText(index: number): string {
  return `import { defineModule, mkEnableOption, option, types } from "firn";

/** Service ${index}. */
export default defineModule({
  name: "m${index}",
  options: {
    services: {
      m${index}: {
        enable: mkEnableOption("service ${index}"),
        port: option({ type: types.port, default: ${1000 + index}, description: "TCP port it listens on" }),
        root: option({ type: types.path, default: "/srv", description: "Folder that it serves" }),
        mode: option({ type: types.enum(["slow", "fast", "m${index}"]), default: "slow", description: "How it works" }),
        aliases: option({ type: types.listOf(types.str), default: [], description: "Further names" }),
        extraConfig: option({ type: types.lines, default: "", description: "Further lines" }),
        limit: option({ type: types.nullOr(types.ints.unsigned), default: null, description: "Connections" }),
        environment: option({ type: types.attrsOf(types.str), default: {}, description: "Environment" }),
        tls: {
          certificate: option({ type: types.path, default: "/etc/tls/m${index}.pem", description: "Certificate" }),
        },
        sites: option({
          type: types.attrsOf(
            types.submodule({
              options: {
                root: option({ type: types.path, description: "Folder that is served" }),
                port: option({ type: types.port, default: 80, description: "TCP port it listens on" }),
              },
            }),
          ),
          default: {},
          description: "Sites, by their name",
        }),
      },
    },
  },
  config({ config }, define) {
    const own = config.services.m${index};
    if (!own.enable) return;
    define({ services: { m${index}: { extraConfig: \`port \${own.port}\\n\` } } });
  },
});
`;
}
