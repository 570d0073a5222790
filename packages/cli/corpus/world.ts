import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Texts of files by their paths; null takes a file away, and a link leads where it says. */
export interface Files {
  readonly [path: string]: string | null | { readonly link: string };
}

/** What a command said. */
export interface Said {
  readonly status: number | null;
  /** Results, then problems. */
  readonly text: string;
}

/** A folder with a flake and repositories, for nobody but one story. */
export interface World {
  /** Folder of the flake. */
  readonly flake: string;
  /** Folder of a repository, which may not be there. */
  repository(name: string): string;
  /** Runs a program, `firn` among them, in a folder; words such as `CI=true` before it set its environment. */
  run(words: readonly string[], folder: string): Said;
  /** Writes files, in their folders, below a folder. */
  write(folder: string, files: Files): void;
  /** Shows the world as if it were all there is, so that a text is the same wherever the world was. */
  hide(text: string): string;
}

/** What "firn init" names a host by. */
const [machine = ""] = hostname().split(".");
const command = join(import.meta.dirname, "../dist/firn.cjs");
const program = [process.execPath, command];

const variable = /^[A-Z_]+=\w*$/;

/** Commits have the same ids in every run, as far as no address is in what they hold. */
const person = { NAME: "Ada", EMAIL: "ada@machine.example", DATE: "2026-01-01T00:00:00Z" };

/** Makes a world, lets something happen in it, and removes it. */
export function inWorld<Result>(happen: (world: World) => Result): Result {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "firn-world-")));
  try {
    return happen(makeWorld(root));
  } finally {
    // Folders of laid out inputs cannot be written to, which hinders nobody but root from removing them.
    spawnSync("chmod", ["-R", "u+w", root]);
    rmSync(root, { recursive: true, force: true });
  }
}

function makeWorld(root: string): World {
  const environment = makeEnvironment(root);
  const world: World = {
    flake: join(root, "flake"),
    repository: (name) => join(root, name),
    run: (words, cwd) => {
      const start = words.findIndex((word) => !variable.test(word));
      const [file = "", ...args] = words.slice(start).flatMap((word) => (word === "firn" ? program : [word]));
      const given = Object.fromEntries(words.slice(0, start).map((word) => word.split("=")));
      const options = { cwd, env: { ...environment, ...given }, encoding: "utf8" } as const;
      const { status, stdout, stderr } = spawnSync(file, args, options);
      return { status, text: `${stdout}${stderr}` };
    },
    write: writeAll,
    hide: (text) => text.replaceAll(root, "").replaceAll(`hosts/${machine}/`, "hosts/machine/"),
  };
  writeAll(root, {
    "home/.gitconfig": `[user]\n  name = ${person.NAME}\n  email = ${person.EMAIL}\n[init]\n  defaultBranch = main\n[advice]\n  detachedHead = false\n`,
  });
  mkdirSync(world.flake);
  return world;
}

function makeEnvironment(root: string): Record<string, string> {
  const roles = ["AUTHOR", "COMMITTER"];
  const identity = roles.flatMap((role) =>
    Object.entries(person).map(([field, value]) => [`GIT_${role}_${field}`, value] as const),
  );
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: join(root, "home"),
    XDG_CACHE_HOME: join(root, "cache"),
    GIT_CONFIG_NOSYSTEM: "1",
    LC_ALL: "C",
    NO_COLOR: "1",
    ...Object.fromEntries(identity),
  };
}

function writeAll(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    rmSync(file, { recursive: true, force: true });
    if (content === null) continue;
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === "string") writeFileSync(file, content);
    else symlinkSync(content.link, file);
  }
}
