import type { Step } from "./journey.ts";

/** The workspace of a flake with one host, and a folder that stands for its machine. */
export const flake: Step = {
  write: {
    "flake.yaml": "name: example\n",
    "lockfile.json": '{\n  "lockfileVersion": 1,\n  "inputs": {}\n}\n',
    "pnpm-workspace.yaml": "packages:\n  - hosts/*\n",
    "hosts/web/package.json":
      '{\n  "name": "@hosts/web",\n  "type": "module",\n  "exports": { ".": "./src/index.ts" }\n}\n',
    "machine/etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
    "machine/etc/group": "root:x:0:\n",
  },
};

/** Writes the host so that it has these files, in the words of TypeScript. */
export function host(...lines: readonly string[]): Step {
  const text = [
    'import { defineModule, option, types } from "firn";',
    "",
    "export default defineModule({",
    "  options: { environment: { etc: option({ type: types.attrsOf(types.anything), default: {} }) } },",
    "  config(_config, define) {",
    "    define({",
    "      environment: {",
    "        etc: {",
    ...lines.map((line) => `          ${line}`),
    "        },",
    "      },",
    "    });",
    "  },",
    "});",
    "",
  ];
  return { write: { "hosts/web/src/index.ts": text.join("\n") } };
}

/** The first lines of a module. */
export const language = 'import { defineModule, option, types } from "firn";\n\n';
const etc = "environment: { etc: option({ type: types.attrsOf(types.anything), default: {} }) }";

/** A module of the host that greets as its option says, the option defined in a file of its own. */
export function greeter(greeting: string): Step {
  return {
    write: {
      "hosts/web/src/index.ts": [
        `${language}import { greeting } from "./greeting.ts";`,
        "",
        "export default defineModule({",
        "  imports: [greeting],",
        `  options: { greeting: option({ type: types.str, default: "" }), ${etc} },`,
        "  config({ config }, define) {",
        "    define({ environment: { etc: { motd: { text: config.greeting } } } });",
        "  },",
        "});",
        "",
      ].join("\n"),
      "hosts/web/src/greeting.ts": [
        `${language}export const greeting = defineModule({`,
        "  config(_config, define) {",
        `    define({ greeting: "${greeting}\\n" });`,
        "  },",
        "});",
        "",
      ].join("\n"),
    },
  };
}

/** A version of a module in a repository, which writes this. */
export function publishMotd(text: string, tag: string): Step {
  return {
    publish: "core",
    tag,
    files: {
      "flake.yaml": "name: core\n",
      "pnpm-workspace.yaml": "packages:\n  - modules/*\n",
      "modules/motd/package.json": '{ "name": "@core/motd", "type": "module", "exports": { ".": "./src/index.ts" } }\n',
      "modules/motd/src/index.ts": [
        `${language}export const motd = defineModule({`,
        `  options: { ${etc} },`,
        "  config(_config, define) {",
        `    define({ environment: { etc: { motd: { text: "${text}\\n" } } } });`,
        "  },",
        "});",
        "",
      ].join("\n"),
    },
  };
}

/** A host that has one file. */
export const hello: Step = host('motd: { text: "hello\\n" },');
