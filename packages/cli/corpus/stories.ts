import type { Story } from "./story.ts";

const entry = "hosts/web/src/index.ts";
const language = 'import { defineModule, option, types } from "firn";\n\n';
const manifest = "hosts/web/package.json";

/** What goes wrong with commands, flakes and the loading of hosts. */
export const stories: readonly Story[] = [
  { name: "no-flake", args: ["check"], files: { "flake.yaml": null, "pnpm-workspace.yaml": null } },
  { name: "half-a-flake", args: ["check"], files: { "flake.yaml": null } },
  { name: "unknown-host", args: ["eval", "wbe"] },
  { name: "unknown-option", args: ["eval", "web", "services.ngnix.port"] },
  { name: "unknown-option-of-why", args: ["why", "web", "services.nginx.prot"] },
  { name: "unknown-command", args: ["chekc"] },
  { name: "unknown-command-of-help", args: ["help", "evla"] },
  { name: "unknown-flag", args: ["eval", "web", "--jsno"] },
  { name: "bad-depth", args: ["why", "web", "services", "--depth", "many"] },
  { name: "tests-of-no-host", args: ["test"] },
  { name: "tests-of-a-host-without", args: ["test", "web"] },
  {
    name: "tests-without-tests",
    args: ["test"],
    files: { "hosts/web/src/host-test.ts": "export default { serves: () => {} };\n" },
  },
  { name: "why-without-path", args: ["why"] },
  { name: "why-of-a-host-alone", args: ["why", "web"] },
  { name: "path-with-empty-part", args: ["eval", "web", "services..nginx"] },
  { name: "path-with-open-quote", args: ["eval", "web", 'services."nginx'] },
  {
    name: "no-value",
    args: ["eval", "web", "domain"],
    files: {
      [entry]: `${language}export default defineModule({ options: { domain: option({ type: types.str }) } });\n`,
    },
  },
  { name: "host-without-manifest", args: ["check", "web"], files: { [manifest]: null } },
  { name: "host-with-bad-manifest", args: ["check", "web"], files: { [manifest]: '{\n  "name": "@hosts/web",\n}\n' } },
  { name: "host-without-entry", args: ["check", "web"], files: { [manifest]: '{\n  "name": "@hosts/web"\n}\n' } },
  { name: "host-whose-entry-is-gone", args: ["check", "web"], files: { [entry]: null } },
  {
    name: "host-outside-of-the-globs",
    args: ["check", "web"],
    files: { "pnpm-workspace.yaml": "packages:\n  - modules/*\n" },
  },
  {
    name: "no-default-export",
    args: ["check"],
    files: {
      [entry]: `${language}export const web = defineModule({ options: { port: option({ type: types.port }) } });\n`,
    },
  },
  {
    name: "default-export-is-a-plain-object",
    args: ["check"],
    files: { [entry]: "export default {\n  options: {},\n};\n" },
  },
  {
    name: "default-export-is-a-function",
    args: ["check"],
    files: { [entry]: `${language}export default () => defineModule({});\n` },
  },
  {
    name: "host-throws",
    args: ["check"],
    files: { [entry]: `${language}const users = undefined;\n\nexport default defineModule({ name: users.first });\n` },
  },
  {
    name: "environment-variable",
    args: ["check"],
    files: { [entry]: `${language}export default defineModule({ name: process.env.HOME ?? "web" });\n` },
  },
  {
    name: "clock-in-a-config",
    args: ["check"],
    files: {
      [entry]: `${language}export default defineModule({\n  options: { built: option({ type: types.str }) },\n  config(_given, define) {\n    define({ built: new Date().toISOString() });\n  },\n});\n`,
    },
  },
  {
    name: "value-without-end",
    args: ["eval", "web"],
    files: {
      [entry]: `${language}export default defineModule({\n  options: { log: option({ type: types.str }) },\n  config(_given, define) {\n    define({ log: "x".repeat(2 ** 26) });\n  },\n});\n`,
    },
  },
  {
    name: "host-throws-text",
    args: ["check"],
    files: { [entry]: `${language}throw "not yet";\n` },
  },
  {
    name: "host-with-a-type-as-text",
    args: ["check"],
    files: {
      [entry]: `${language}export default defineModule({\n  options: { domain: option({ type: "string" }) },\n});\n`,
    },
  },
  {
    name: "tag-without-option",
    args: ["check"],
    files: {
      [entry]: `${language}export default defineModule({\n  options: { place: option({ type: types.attrTag({ left: types.int }) }) },\n});\n`,
    },
  },
  {
    name: "syntax-error",
    args: ["check"],
    files: {
      [entry]: `${language}export default defineModule({\n  options: { port: option({ type: types.port }) }\n  config() {},\n});\n`,
    },
  },
  {
    name: "nix-syntax",
    args: ["check"],
    files: { [entry]: "{ config, pkgs, ... }:\n{\n  services.nginx.enable = true;\n}\n" },
  },
  {
    name: "unresolved-file",
    args: ["check"],
    files: {
      [entry]: `${language}import hardware from "./hardwear.ts";\n\nexport default defineModule({ imports: [hardware] });\n`,
    },
  },
  {
    name: "misspelt-file",
    args: ["check"],
    files: {
      [entry]: `${language}import hardware from "./hardwear.ts";\n\nexport default defineModule({ imports: [hardware] });\n`,
      "hosts/web/src/hardware.ts": `${language}export default defineModule({});\n`,
    },
  },
  {
    name: "file-without-ending",
    args: ["check"],
    files: {
      [entry]: `${language}import hardware from "./hardware";\n\nexport default defineModule({ imports: [hardware] });\n`,
      "hosts/web/src/hardware.ts": `${language}export default defineModule({});\n`,
    },
  },
  {
    name: "unresolved-package",
    args: ["check"],
    files: {
      [entry]: `${language}import nginx from "@modules/nginx";\n\nexport default defineModule({ imports: [nginx] });\n`,
    },
  },
  {
    name: "name-that-is-not-exported",
    args: ["check"],
    files: { [entry]: `import { defineModul } from "firn";\n\nexport default defineModul({});\n` },
  },
  {
    name: "name-that-a-file-does-not-export",
    args: ["check"],
    files: {
      [entry]: `${language}import { nginks } from "./nginx.ts";\n\nexport default defineModule({ imports: [nginks] });\n`,
      "hosts/web/src/nginx.ts": `${language}export const nginx = defineModule({});\n`,
    },
  },
  {
    name: "circle-of-imports",
    args: ["check"],
    files: {
      [entry]: `${language}import nginx from "./nginx.ts";\n\nexport default defineModule({ imports: [nginx] });\n`,
      "hosts/web/src/nginx.ts": `${language}import php from "./php.ts";\n\nexport default defineModule({ imports: [php] });\n`,
      "hosts/web/src/php.ts": `${language}import nginx from "./nginx.ts";\n\nexport default defineModule({ imports: [nginx] });\n`,
    },
  },
  {
    name: "import-of-node-fs",
    args: ["check"],
    files: {
      [entry]: `${language}import { readFileSync } from "node:fs";\n\nexport default defineModule({ name: readFileSync("/etc/hostname", "utf8") });\n`,
    },
  },
  {
    name: "import-of-fs",
    args: ["check"],
    files: { [entry]: `${language}import * as fs from "fs";\n\nexport default defineModule({ name: String(fs) });\n` },
  },
  {
    name: "top-level-await",
    args: ["check"],
    files: {
      [entry]: `${language}const name = await Promise.resolve("web");\n\nexport default defineModule({ name });\n`,
    },
  },
  { name: "bad-yaml", args: ["check"], files: { "pnpm-workspace.yaml": "packages:\n  - modules/*\n - hosts/*\n" } },
  { name: "globs-not-a-list", args: ["check"], files: { "pnpm-workspace.yaml": "packages: hosts/*\n" } },
  { name: "bad-flake-yaml", args: ["show"], files: { "flake.yaml": 'name: "example\n' } },
  {
    name: "broken-configuration",
    args: ["check"],
    files: {
      [entry]: `${language}const nginx = defineModule({\n  options: { services: { nginx: { port: option({ type: types.port, default: 80 }) } } },\n});\n\nexport default defineModule({\n  imports: [nginx],\n  config(_, define) {\n    define({ services: { nginx: { port: "8080", prot: 1 } } });\n  },\n});\n`,
    },
  },
];
