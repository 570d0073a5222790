import { existsSync } from "node:fs";
import { join } from "node:path";
import { scriptedModules, scriptOf } from "./shared-modules.ts";

/** How the process that evaluates is started. */
export interface ChildCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** All of its environment: no variable of this process is in it. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** What the process may use. */
export interface ChildLimits {
  /** Mebibytes of memory. */
  readonly memory: number;
}

/** Folders of scripts below the evaluator's folder, each with the script of its name. */
const scripts = ["child", "engine", ...scriptedModules.map(scriptOf)];

/**
 * Gives the ways to start the process, the one that takes most from it first:
 * without network and with limits of the kernel, or without what the platform
 * refuses.
 */
export function childCommands(folder: string, limits: ChildLimits): readonly ChildCommand[] {
  const node = nodeArguments(folder, limits);
  const env = { TZ: "UTC", LC_ALL: "C" };
  const plain = { file: process.execPath, args: node, env, cwd: "/" };
  const [unshare, shell] = ["/usr/bin/unshare", "/bin/sh"];
  if (process.platform !== "linux" || !existsSync(unshare) || !existsSync(shell)) return [plain];
  const ownUser = process.getuid?.() === 0 ? [] : ["--user", "--map-current-user"];
  const bounded = [
    shell,
    "-c",
    `${limitScript(limits)}; exec "$@"`,
    shell,
    ...untilParentEnds(),
    process.execPath,
    ...node,
  ];
  return [
    { ...plain, file: unshare, args: [...ownUser, "--net", ...bounded] },
    { ...plain, file: shell, args: bounded.slice(1) },
    plain,
  ];
}

/** Mebibytes of writable memory that Node.js needs beside the heap. */
const overhead = 1024;

/** Seconds of work after which a process ends whose parent was killed, where the kernel does not end it at once. */
const cpuLimit = 3600;

/** Lets the kernel end the process with its parent, which may be killed before it can. */
function untilParentEnds(): string[] {
  const setpriv = "/usr/bin/setpriv";
  return existsSync(setpriv) ? [setpriv, "--pdeathsig", "KILL"] : [];
}

/** The heap has a limit of its own; arrays of bytes lie outside of it, and a crash leaves no picture of it on the disk. */
function limitScript({ memory }: ChildLimits): string {
  return `unset PWD; ulimit -c 0; ulimit -d ${(memory + overhead) * 1024}; ulimit -t ${cpuLimit}`;
}

function nodeArguments(folder: string, { memory }: ChildLimits): string[] {
  const files = scripts.flatMap((name) => {
    const file = join(folder, name, `${name}.cjs`);
    return [file, compiledForm(file)];
  });
  return [
    permissionFlag(),
    ...files.map((file) => `--allow-fs-read=${file}`),
    "--no-warnings",
    "--no-addons",
    "--no-deprecation",
    "--disallow-code-generation-from-strings",
    "--unhandled-rejections=none",
    `--max-old-space-size=${memory}`,
    join(folder, "child/child.cjs"),
  ];
}

/** Says where V8's compiled form of a script is kept. */
export function compiledForm(file: string): string {
  return `${file}.${process.version}-${process.arch}.v8`;
}

/** The permission model lost its "experimental" with Node.js 22.13 and 23.5. */
function permissionFlag(): string {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isStable = major > 23 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13);
  return isStable ? "--permission" : "--experimental-permission";
}
