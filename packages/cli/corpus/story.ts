import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A mistake that the command meets before, or instead of, evaluating. */
export interface Story {
  /** Name of the golden text. */
  readonly name: string;
  /** What `firn` is called with. */
  readonly args: readonly string[];
  /** Files beside those of the smallest flake; null takes one away. */
  readonly files?: { readonly [path: string]: string | null };
}

/** How the command ended. */
export interface Ending {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const smallestFlake = {
  "flake.yaml": "name: example\n",
  "pnpm-workspace.yaml": "packages:\n  - modules/*\n  - hosts/*\n",
  "lockfile.json": '{\n  "lockfileVersion": 1,\n  "inputs": {}\n}\n',
  "hosts/web/package.json":
    '{\n  "name": "@hosts/web",\n  "type": "module",\n  "exports": { ".": "./src/index.ts" }\n}\n',
  "hosts/web/src/index.ts": [
    'import { defineModule, option, types } from "firn";',
    "",
    "export default defineModule({",
    "  options: { services: { nginx: { port: option({ type: types.port, default: 80 }) } } },",
    "});",
    "",
  ].join("\n"),
};

const command = join(import.meta.dirname, "../dist/firn.cjs");

/** Runs the command in a flake of its own, and shows the folder of the flake as "/flake". */
export function runStory({ args, files = {} }: Story): Ending {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "firn-story-")));
  try {
    writeAll(root, { ...smallestFlake, ...files });
    const environment = {
      PATH: process.env["PATH"] ?? "",
      HOME: root,
      XDG_CACHE_HOME: join(root, "cache"),
      NO_COLOR: "1",
    };
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
      cwd: root,
      env: environment,
      encoding: "utf8",
    });
    return { status, stdout: stdout.replaceAll(root, "/flake"), stderr: stderr.replaceAll(root, "/flake") };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function writeAll(root: string, files: { readonly [path: string]: string | null }): void {
  for (const [path, text] of Object.entries(files)) {
    if (text === null) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
