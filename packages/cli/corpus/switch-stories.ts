import type { Journey, Step } from "./journey.ts";

/** The workspace of a flake with one host, and a folder that stands for its machine. */
const flake: Step = {
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
function host(...lines: readonly string[]): Step {
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

const language = 'import { defineModule, option, types } from "firn";\n\n';
const etc = "environment: { etc: option({ type: types.attrsOf(types.anything), default: {} }) }";

/** A module of the host that greets as its option says, the option defined in a file of its own. */
function greeter(greeting: string): Step {
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
function publishMotd(text: string, tag: string): Step {
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

const hello = host('motd: { text: "hello\\n" },');

/** What becomes of a machine, told with a folder. */
export const switchStories: readonly Journey[] = [
  {
    name: "switch-and-back",
    steps: [
      flake,
      host('motd: { text: "hello\\n" },', 'issue: { text: "one\\n", mode: "0640" },'),
      "firn plan web --root machine",
      "firn switch web --root machine",
      "firn switch web --root machine",
      "firn plan web --root machine",
      host('motd: { text: "hello\\nagain\\n" },'),
      "firn switch web --root machine",
      { write: { "machine/etc/motd": "by hand\n" } },
      "firn status --root machine",
      "firn switch web --root machine",
      "firn status --root machine",
      "firn rollback --root machine",
      "firn switch --to-none --root machine",
    ],
  },
  {
    name: "path-in-the-way",
    steps: [
      flake,
      hello,
      { write: { "machine/etc/motd": "mine\n" } },
      "firn plan web --root machine",
      "firn switch web --root machine",
      "firn switch web --root machine --take-over",
      "firn switch --to-none --root machine",
      "cat machine/etc/motd",
    ],
  },
  {
    name: "cause-is-an-option",
    steps: [
      flake,
      greeter("hello"),
      "firn switch web --root machine",
      "git init --quiet",
      "git add --all",
      "git commit --quiet --message first",
      greeter("good morning"),
      "firn plan web --root machine",
      "firn diff 1 web --root machine",
      "firn diff web --from HEAD --root machine",
      "firn diff web --from HAED --root machine",
      "firn diff 1 1 --root machine",
      "firn diff 7 web --root machine",
      "firn diff web --root machine",
      "firn why web /etc/motd",
      "firn why web /etc/mtd",
    ],
  },
  {
    name: "cause-is-an-input",
    steps: [
      flake,
      publishMotd("hello", "v1.0.0"),
      {
        write: {
          "flake.yaml": "name: example\ninputs:\n  core:\n    git: {core}\n    semver: ^1\n",
          "hosts/web/src/index.ts":
            'import { motd } from "@core/motd";\nimport { defineModule } from "firn";\n\nexport default defineModule({ imports: [motd] });\n',
        },
      },
      "firn lock",
      "firn switch web --root machine",
      publishMotd("good morning", "v1.1.0"),
      "firn update",
      "firn plan web --root machine",
    ],
  },
  {
    name: "bad-manifest",
    steps: [flake, host('motd: { text: "a", source: "./b" },'), "firn build web --root machine"],
  },
  {
    name: "path-conflict",
    steps: [flake, host('motd: { text: "a" },', '"motd/b": { text: "b" },'), "firn build web --root machine"],
  },
  {
    name: "unknown-account",
    steps: [flake, host('motd: { text: "a", user: "ada" },'), "firn switch web --root machine"],
  },
  { name: "host-access-failed", steps: [flake, hello, "firn plan web --root nowhere"] },
  {
    name: "store-failed",
    steps: [flake, hello, { write: { "machine/var/lib/firn/store": "no folder\n" } }, "firn build web --root machine"],
  },
  {
    name: "bad-state",
    steps: [
      flake,
      hello,
      "firn switch web --root machine",
      { write: { "machine/var/lib/firn/current/record.json": "{ this is no record\n" } },
      "firn switch web --root machine",
    ],
  },
  {
    name: "bad-plan",
    steps: [
      flake,
      hello,
      { write: { "saved.json": '{ "version": 2 }\n' } },
      "firn switch --plan saved.json --root machine",
      "firn switch --plan gone.json --root machine",
    ],
  },
  {
    name: "host-changed",
    steps: [
      flake,
      hello,
      "firn plan web --root machine --out saved.json",
      { write: { "machine/etc/motd": "mine\n" } },
      "firn switch --plan saved.json --root machine",
    ],
  },
  {
    name: "switch-locked",
    steps: [
      flake,
      hello,
      "firn build web --root machine",
      "flock machine/var/lib/firn/lock firn switch web --root machine",
    ],
  },
  {
    name: "switch-failed",
    steps: [
      flake,
      hello,
      { write: { "machine/var/lib/firn/lock/file": "no lock\n" } },
      "firn switch web --root machine",
    ],
  },
];
