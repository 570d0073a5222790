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
  { name: "bad-manifest", steps: [flake, host('motd: { text: "a", source: "./b" },'), "firn build web --root machine"] },
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
