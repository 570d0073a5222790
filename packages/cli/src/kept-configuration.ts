import { statSync } from "node:fs";
import { join } from "node:path";
import { findKept, type Flake } from "@firn/loader";
import { evaluatorScripts, sharedModules } from "@firn/sandbox";
import { evaluatorFolder } from "./evaluator-folder.ts";
import { version } from "./version.ts";

// Evaluation is pure, so that the configuration of a host without problems
// follows from the code of the host and that of Firn: it is kept, and printed
// again without evaluating when neither has changed.

/** Says by what a configuration was evaluated: Firn's scripts, and the language that Node.js brings. */
export function evaluationStamp(): string {
  const versions = evaluatorScripts.map((name) => {
    const file = join(evaluatorFolder, name, `${name}.cjs`);
    const { mtimeMs = 0, size = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
    return `${mtimeMs} ${size}`;
  });
  return [version, process.version, evaluatorFolder, ...versions].join(" ");
}

/** Finds the kept configuration of a host, as JSON text. */
export function findConfiguration(
  flake: Flake,
  host: string,
  inputFolders: readonly string[],
): Promise<string | undefined> {
  return findKept(flake, [host], { shared: sharedModules, stamp: evaluationStamp(), inputFolders });
}

/** Reads a part of a kept configuration; undefined when it is not in it, which says nothing about the host. */
export function readConfiguration(text: string, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, part) ? Reflect.get(value, part) : undefined,
    JSON.parse(text),
  );
}
