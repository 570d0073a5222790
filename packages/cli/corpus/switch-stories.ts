import type { Journey } from "./journey.ts";
import { flake, greeter, hello, host, language, publishMotd } from "./switch-flake.ts";

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
      "firn switch --to-none --dry-run --root machine",
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
      "firn plan web --root machine --json",
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
    name: "home-of-a-user-that-is-not-declared",
    steps: [
      flake,
      {
        write: {
          "machine/etc/passwd": "root:x:0:0:root:/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\n",
          "machine/etc/group": "root:x:0:\nada:x:1000:\n",
          "machine/home/ada/.profile": "# mine\n",
          "hosts/web/src/index.ts": [
            `${language}export default defineModule({`,
            "  options: { homes: option({ type: types.attrsOf(types.anything), default: {} }) },",
            "  config(_config, define) {",
            '    define({ homes: { ada: { files: { ".config/git/config": { text: "[user]\\n" } } } } });',
            "  },",
            "});",
            "",
          ].join("\n"),
        },
      },
      "chown 1000:1000 machine/home/ada",
      "firn switch web --root machine",
      "stat -c %n:%u machine/home/ada/.config/git machine/home/ada/.config/git/config",
      "firn switch web --root machine",
      "firn why web homes.ada.files",
      "firn switch --to-none --root machine",
      "ls -A machine/home/ada",
    ],
  },
  {
    name: "users-come-and-go",
    steps: [
      flake,
      {
        write: {
          "machine/etc/group": "root:x:0:\nsudo:x:27:eve",
          "machine/etc/shadow": "root:*:19000:0:99999:7:::\n",
          "machine/etc/gshadow": "root:*::\nsudo:*::eve\n",
          "hosts/web/src/index.ts": [
            `${language}const anything = option({ type: types.attrsOf(types.anything), default: {} });`,
            "",
            "export default defineModule({",
            "  options: { users: { users: anything, groups: anything }, homes: anything },",
            "  config(_config, define) {",
            "    define({",
            '      users: { groups: { ada: {} }, users: { ada: { group: "ada", home: "/home/ada", shell: "/bin/sh", extraGroups: ["sudo"] } } },',
            '      homes: { ada: { files: { ".profile": { text: "umask 077\\n" } } } },',
            "    });",
            "  },",
            "});",
            "",
          ].join("\n"),
        },
      },
      "chmod 0640 machine/etc/shadow machine/etc/gshadow",
      "chown root:shadow machine/etc/shadow machine/etc/gshadow",
      "cp -a machine/etc before",
      "firn switch web --root machine",
      "cat machine/etc/passwd machine/etc/group machine/etc/gshadow",
      "stat -c %n:%a:%U:%G machine/etc/passwd machine/etc/group machine/etc/shadow machine/etc/gshadow",
      "stat -c %n:%u:%g machine/home/ada/.profile",
      "stat -c %n:%a machine/var/lib/firn/installed/1/record.json",
      "firn switch web --root machine",
      "firn switch --to-none --root machine",
      "diff -r before machine/etc",
      "stat -c %n:%a:%U:%G machine/etc/passwd machine/etc/group machine/etc/shadow machine/etc/gshadow",
    ],
  },
  {
    name: "bad-account",
    steps: [
      flake,
      {
        write: {
          "hosts/web/src/index.ts": [
            `${language}export default defineModule({`,
            "  options: { users: { users: option({ type: types.attrsOf(types.anything), default: {} }) } },",
            "  config(_config, define) {",
            '    define({ users: { users: { ada: { group: "root", home: "/home/ada", shell: "/bin/sh", extraGroups: ["docker"] } } } });',
            "  },",
            "});",
            "",
          ].join("\n"),
        },
      },
      "firn switch web --root machine",
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
