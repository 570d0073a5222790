import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, lutimesSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a program said. */
export interface Said {
  readonly status: number | null;
  readonly text: string;
}

const command = join(import.meta.dirname, "../dist/firn.cjs");

/** The words by which firn is started. */
export function firnWords(...args: readonly string[]): string[] {
  return [process.execPath, command, ...args];
}

/** What firn sees of its surroundings; nothing that it writes must survive a power cut. */
export function firnEnvironment(folder: string): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: join(folder, "home"),
    XDG_CACHE_HOME: join(folder, "cache"),
    FIRN_NO_SYNC: "1",
    // Several threads that write would make every run another.
    UV_THREADPOOL_SIZE: "1",
    GIT_CEILING_DIRECTORIES: folder,
    LC_ALL: "C",
    NO_COLOR: "1",
  };
}

/** Runs firn in the folder of a flake until it ends. */
export function runFirn(flake: string, ...args: readonly string[]): Said {
  const [program = "", ...words] = firnWords(...args);
  const options = { cwd: flake, env: firnEnvironment(dirname(flake)), encoding: "utf8" } as const;
  const { status, stderr, stdout } = spawnSync(program, words, options);
  return { status, text: stdout + stderr };
}

/** Writes a flake whose host "web" defines something, by options of its own that take anything. */
export function writeFlake(flake: string, definitions: object): void {
  const files: Record<string, string> = {
    "flake.yaml": "name: example\n",
    "lockfile.json": '{\n  "lockfileVersion": 1,\n  "inputs": {}\n}\n',
    "pnpm-workspace.yaml": "packages:\n  - hosts/*\n",
    "hosts/web/package.json": '{ "name": "@hosts/web", "type": "module", "exports": { ".": "./src/index.ts" } }\n',
    "hosts/web/src/index.ts": `import { defineModule, option, types } from "firn";

const anything = option({ type: types.attrsOf(types.anything), default: {} });

export default defineModule({
  options: {
    environment: { etc: anything, files: anything, directories: anything },
    users: { users: anything, groups: anything },
    homes: anything,
    hooks: anything,
    checks: { after: anything },
  },
  config(_config, define) {
    define(${JSON.stringify(definitions)});
  },
});
`,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(flake, name)), { recursive: true });
    writeFileSync(join(flake, name), text);
  }
}

/** One thing on a machine: a file's text, a link's target as `-> target`, or a directory as undefined. */
export interface Thing {
  readonly what?: string;
  readonly mode?: number;
  readonly owner?: number;
}

/** Moment at which all files of the user were written, in seconds since 1970. */
const written = 1_000_000_000;

/** Puts things of the user's on a machine. */
export function putThings(root: string, things: Readonly<Record<string, Thing>>): void {
  for (const [path, { mode, owner = 0, what }] of Object.entries(things)) {
    const at = join(root, path);
    mkdirSync(what === undefined ? at : dirname(at), { recursive: true });
    const isLink = what?.startsWith("-> ") === true;
    if (isLink) symlinkSync(what.slice(3), at);
    else if (what !== undefined) writeFileSync(at, what);
    if (owner !== 0) chownSync(at, owner, owner);
    if (!isLink) chmodSync(at, mode ?? (what === undefined ? 0o755 : 0o644));
    lutimesSync(at, written, written);
  }
}
