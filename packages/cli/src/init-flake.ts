import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { findFile, writeWhole } from "@firn/flake-folder";
import { setGitConfig } from "@firn/git";
import { emptyLock, renderLock } from "@firn/lock";
import type { Terminal } from "./terminal.ts";

/** What `firn init` did. */
export interface InitResult {
  /** Files that were not there, or lacked a line, relative to the flake. */
  readonly written: readonly string[];
  /** Whether git was told how to merge lockfile.json. */
  readonly mergeDriver: boolean;
}

/** Writes the files of a flake that are not there yet, and tells git how to merge its lock. */
export async function initFlake({
  directory,
  environment,
  hostName,
  command = ["firn"],
}: Terminal): Promise<InitResult> {
  const files = flakeFiles(basename(directory), hostName, findEngine(command));
  const missing = Object.keys(files).filter((file) => !existsSync(join(directory, file)));
  for (const file of missing) writeInto(directory, file, files[file] ?? "");
  const completed = Object.entries(linesOf).filter(([file, lines]) => addLines(join(directory, file), lines));
  const words = command.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(" ");
  const isSet = await setGitConfig({
    directory,
    environment,
    values: {
      "merge.firn-lock.name": "firn merges lockfile.json",
      "merge.firn-lock.driver": `${words} merge-lock %O %A %B`,
    },
  });
  return { written: [...missing, ...completed.map(([file]) => file)], mergeDriver: isSet };
}

/** Lines that a file must have, whatever else stands in it. */
const linesOf: Readonly<Record<string, readonly string[]>> = {
  ".gitignore": ["node_modules", ".firn", "dist", ".turbo", "flake.local.yaml"],
  ".gitattributes": ["lockfile.json merge=firn-lock"],
};

function addLines(file: string, lines: readonly string[]): boolean {
  const text = findFile(file) ?? "";
  const present = new Set(text.split("\n").map((line) => line.trim().replace(/^\/|\/$/g, "")));
  const missing = lines.filter((line) => !present.has(line));
  const start = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return missing.length > 0 && writeWhole(file, `${start}${missing.join("\n")}\n`);
}

function writeInto(directory: string, file: string, text: string): void {
  mkdirSync(dirname(join(directory, file)), { recursive: true });
  writeWhole(join(directory, file), text);
}

/** What a flake gets from where Firn is installed. */
interface Engine {
  /** Words by which scripts call the command. */
  readonly call: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** A command that runs from a checkout of Firn is used with the packages of that checkout, which nobody publishes. */
function findEngine([program = "", script = ""]: readonly string[]): Engine {
  const packages = existsSync(script) ? join(dirname(realpathSync(script)), "../..") : "";
  const firn = join(packages, "firn");
  const zod = join(packages, "option/node_modules/zod");
  if (packages === "" || !existsSync(firn) || !existsSync(zod)) {
    return { call: "firn", dependencies: { "@firn/format": "*", "@firn/unit": "*", firn: "*", zod: "^4" } };
  }
  return {
    call: [program, script].map((word) => `'${word}'`).join(" "),
    dependencies: {
      ...Object.fromEntries(["format", "unit"].map((name) => [`@firn/${name}`, `link:${join(packages, name)}`])),
      firn: `link:${firn}`,
      zod: `link:${realpathSync(zod)}`,
    },
  };
}

function flakeFiles(name: string, hostName: string, { call, dependencies }: Engine): Readonly<Record<string, string>> {
  const flake = name.replaceAll(/[^\w-]/g, "-");
  const host = hostName.split(".")[0] ?? "machine";
  return {
    "flake.yaml": `# What this flake is, and what it is made of: static data, never executed.\nname: ${flake}\ninputs: {}\n`,
    "lockfile.json": renderLock(emptyLock),
    "pnpm-workspace.yaml": "packages:\n  - modules/*\n  - hosts/*\n\nverifyDepsBeforeRun: install\n",
    "package.json": renderJson({
      name: flake.toLowerCase(),
      version: "0.0.0",
      private: true,
      type: "module",
      scripts: { firn: call, check: `tsc && ${call} check`, postinstall: `${call} lock --frozen` },
      devDependencies: { ...dependencies, turbo: "^2.11.0", typescript: "^7.0.0" },
    }),
    "turbo.json": renderJson({
      globalDependencies: ["lockfile.json", "flake.yaml", "tsconfig.base.json"],
      tasks: { check: { dependsOn: ["^check"] } },
    }),
    "tsconfig.base.json": renderJson({ compilerOptions }),
    "tsconfig.json": renderJson({
      extends: "./tsconfig.base.json",
      include: ["modules/*/src", "hosts/*/src", ".firn/types/*.d.ts"],
    }),
    [`hosts/${host}/package.json`]: renderJson({
      name: `@hosts/${host}`,
      version: "0.0.0",
      private: true,
      type: "module",
      exports: { ".": "./src/index.ts" },
    }),
    [`hosts/${host}/src/index.ts`]: `import { defineModule } from "firn";\n\n/** What this machine is. */\nexport default defineModule({\n  imports: [],\n});\n`,
  };
}

const compilerOptions = {
  target: "es2023",
  lib: ["es2023"],
  module: "nodenext",
  moduleDetection: "force",
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
};

function renderJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
